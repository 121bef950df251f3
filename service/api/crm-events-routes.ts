import { Hono } from 'hono';
import { crmEventsQuery, crmResendRequest, MOST_RESENT, type CrmResendAnswer } from '../admin-contract.ts';
import type { CrmOutbox } from '../calls/crm-outbox.ts';
import type { Clock } from '../calls/ports.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { adminsOnly } from './admins-only.ts';
import { auditBy } from './audit-by.ts';
import { jsonBody } from './json-body.ts';
import { queryOf } from './query-of.ts';

export interface CrmEventsRoutesOptions {
  /** Undefined where the CRM is told nothing. */
  outbox: CrmOutbox | undefined;
  clock: Clock;
}

/** `GET /crm-events`: what the CRM is told; `POST /crm-events/resend`: told again. For admins. */
export function crmEventsRoutes({ outbox, clock }: CrmEventsRoutesOptions) {
  function existing(): CrmOutbox {
    if (outbox) return outbox;
    throw new ServiceError('not-found', 'The CRM is told nothing here: CRM_WEBHOOK_URL is not set.');
  }

  return new Hono<AppEnv>()
    .use('/crm-events/*', adminsOnly)
    .get('/crm-events', async (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(await existing().page(queryOf(c, crmEventsQuery)));
    })
    .post('/crm-events/resend', async (c) => {
      const resent = await existing().resend(await jsonBody(c, crmResendRequest), auditBy(c, clock));
      if (resent === undefined) {
        const most = MOST_RESENT.toLocaleString('en');
        throw new ServiceError('invalid-request', `These are more than ${most} events: choose a shorter range.`);
      }
      c.get('logger').warn({ resent }, 'events are sent to the CRM again');
      return c.json({ resent } satisfies CrmResendAnswer);
    });
}
