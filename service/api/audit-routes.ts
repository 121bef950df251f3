import { Hono } from 'hono';
import { auditQuery, type AuditPage } from '../admin-contract.ts';
import type { Audit } from '../calls/audit.ts';
import type { CallLog } from '../calls/ports.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { adminsOnly } from './admins-only.ts';
import { queryOf } from './query-of.ts';
import { visibleCall } from './visible-call.ts';

/** What was done to one call and its recordings, at most: of a call that is heard again and again, the newest. */
const MOST_OF_A_CALL = 100;

export interface AuditRoutesOptions {
  audit: Audit;
  log: CallLog;
}

/** `GET /audit`: who did what, for admins. `GET /:callId/audit`: the same of one call, for supervisors too, who see every call. */
export function auditRoutes({ audit, log }: AuditRoutesOptions) {
  return new Hono<AppEnv>()
    .use('/audit', adminsOnly)
    .get('/audit', async (c) => {
      c.header('Cache-Control', 'no-store');
      return c.json(await audit.page(queryOf(c, auditQuery)));
    })
    .get('/:callId/audit', async (c) => {
      const agent = c.get('agent');
      const { callId, recordings } = await visibleCall(log, agent, c.req.param('callId'));
      if (agent.role === 'agent') {
        throw new ServiceError('role-refused', 'The audit of a call is read by supervisors and administrators.');
      }
      const subjects = [callId, ...recordings.map(({ recordingSid }) => `${callId}/${recordingSid}`)];
      c.header('Cache-Control', 'no-store');
      return c.json((await audit.page({ limit: MOST_OF_A_CALL, subjects })) satisfies AuditPage);
    });
}
