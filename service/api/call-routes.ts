import { Hono } from 'hono';
import { callBackTimeProblem } from '../calls/call-back-time.ts';
import type { DialGate } from '../calls/dial-gate.ts';
import type { CallLog, Clock } from '../calls/ports.ts';
import { callPatch, callQuery, dialRequest, type CallPage, type DialAnswer, type Disposition } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { auditBy } from './audit-by.ts';
import { jsonBody } from './json-body.ts';
import { queryOf } from './query-of.ts';
import { readerOf, visibleCall } from './visible-call.ts';

export interface CallRoutesOptions {
  log: CallLog;
  gate: DialGate;
  callerIds: readonly string[];
  dispositions: readonly Disposition[];
  clock: Clock;
}

export function callRoutes({ log, gate, callerIds, dispositions, clock }: CallRoutesOptions) {
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const { callId, to, callerId, expiresAt } = await gate.ask(c.get('agent'), await jsonBody(c, dialRequest));
      const line = callerIds.length > 1 ? callerId : null;
      return c.json({ callId, to, callerId, line, expiresAt } satisfies DialAnswer, 201);
    })
    .get('/', async (c) => {
      const query = queryOf(c, callQuery);
      try {
        const page: CallPage = await log.page(readerOf(c.get('agent'), query.log), query, clock());
        return c.json(page);
      } catch (error) {
        if (error instanceof RangeError) throw new ServiceError('invalid-request', error.message);
        throw error;
      }
    })
    .get('/:callId', async (c) => c.json(await visibleCall(log, c.get('agent'), c.req.param('callId'))))
    .patch('/:callId', async (c) => {
      const { callId, createdAt } = await visibleCall(log, c.get('agent'), c.req.param('callId'));
      const patch = await jsonBody(c, callPatch);
      const { disposition, callBackAt } = patch;
      if (disposition !== undefined && disposition !== null && !dispositions.some(({ id }) => id === disposition)) {
        const known = dispositions.map(({ id }) => id).join(', ');
        throw new ServiceError('disposition-unknown', `There is no such disposition; there are: ${known}.`);
      }
      const problem = callBackAt ? callBackTimeProblem(callBackAt, createdAt, clock()) : undefined;
      if (problem) throw new ServiceError('call-back-time-refused', problem);
      const patched = await log.patch(callId, patch, auditBy(c, clock));
      if (patched !== 'note-changed') return c.json(patched);
      throw new ServiceError(
        patched,
        'Somebody else has written a note meanwhile: read the call, and send both texts.',
      );
    });
}
