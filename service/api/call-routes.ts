import { Hono } from 'hono';
import { decideDial, type DialPolicy } from '../calls/dial-policy.ts';
import type { CallLog, Clock, Intents } from '../calls/ports.ts';
import { callPatch, callQuery, dialRequest, type CallPage, type DialAnswer, type Disposition } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { auditBy } from './audit-by.ts';
import { jsonBody } from './json-body.ts';
import { queryOf } from './query-of.ts';
import { readerOf, visibleCall } from './visible-call.ts';

/** Long enough for a slow network, short enough that a phone that comes back online does not ring a customer. */
const INTENT_LIFE_MS = 30_000;

export interface CallRoutesOptions {
  log: CallLog;
  intents: Intents;
  policy: DialPolicy;
  callerIds: readonly string[];
  dispositions: readonly Disposition[];
  clock: Clock;
}

export function callRoutes({ log, intents, policy, callerIds, dispositions, clock }: CallRoutesOptions) {
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const request = await jsonBody(c, dialRequest);
      const verdict = decideDial(request.to, request.country, policy);
      if (!verdict.allowed) throw new ServiceError(verdict.code, verdict.message);
      const now = clock();
      const agent = c.get('agent');
      const requested = JSON.stringify([agent.id, verdict.to, request.customerName ?? null]);
      const kept = await intents.add({
        callId: request.callId,
        agent,
        to: verdict.to,
        customerName: request.customerName ?? null,
        callerId: callerIds[0]!,
        requested,
        createdAt: now.toISOString(),
        expiresAt: new Date(now.getTime() + INTENT_LIFE_MS).toISOString(),
      });
      if (kept.requested !== requested) {
        throw new ServiceError('call-id-taken', 'This callId names another call: make a new UUID for every call.');
      }
      const { to, callerId, expiresAt } = kept;
      return c.json({ callId: kept.callId, to, callerId, expiresAt } satisfies DialAnswer, 201);
    })
    .get('/', async (c) => {
      const query = queryOf(c, callQuery);
      try {
        const page: CallPage = await log.page(readerOf(c.get('agent')), query);
        return c.json(page);
      } catch (error) {
        if (error instanceof RangeError) throw new ServiceError('invalid-request', error.message);
        throw error;
      }
    })
    .get('/:callId', async (c) => c.json(await visibleCall(log, c.get('agent'), c.req.param('callId'))))
    .patch('/:callId', async (c) => {
      const { callId } = await visibleCall(log, c.get('agent'), c.req.param('callId'));
      const patch = await jsonBody(c, callPatch);
      const { disposition } = patch;
      if (disposition !== undefined && disposition !== null && !dispositions.some(({ id }) => id === disposition)) {
        const known = dispositions.map(({ id }) => id).join(', ');
        throw new ServiceError('disposition-unknown', `There is no such disposition; there are: ${known}.`);
      }
      return c.json(await log.patch(callId, patch, auditBy(c, clock)));
    });
}
