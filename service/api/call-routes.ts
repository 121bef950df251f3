import { Hono } from 'hono';
import type { DialGate } from '../calls/dial-gate.ts';
import type { CallLog, Clock, Intents } from '../calls/ports.ts';
import { callPatch, callQuery, dialRequest, type CallPage, type DialAnswer, type Disposition } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { jsonBody } from './json-body.ts';
import { readerOf, visibleCall } from './visible-call.ts';

/** Long enough for a slow network, short enough that a phone that comes back online does not ring a customer. */
const INTENT_LIFE_MS = 30_000;

export interface CallRoutesOptions {
  log: CallLog;
  intents: Intents;
  gate: DialGate;
  dispositions: readonly Disposition[];
  clock: Clock;
}

export function callRoutes({ log, intents, gate, dispositions, clock }: CallRoutesOptions) {
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const request = await jsonBody(c, dialRequest);
      const now = clock();
      const expires = new Date(now.getTime() + INTENT_LIFE_MS);
      const agent = c.get('agent');
      const granted = await gate.ask(agent, request, expires);
      const requested = JSON.stringify([agent.id, granted.to, request.customerName ?? null]);
      const kept = await intents.add({
        callId: request.callId,
        agent,
        ...granted,
        customerName: request.customerName ?? null,
        requested,
        createdAt: now.toISOString(),
        expiresAt: expires.toISOString(),
      });
      if (kept.requested !== requested) {
        throw new ServiceError('call-id-taken', 'This callId names another call: make a new UUID for every call.');
      }
      const { to, callerId, expiresAt } = kept;
      return c.json({ callId: kept.callId, to, callerId, expiresAt } satisfies DialAnswer, 201);
    })
    .get('/', async (c) => {
      // A field that a form left empty asks for nothing.
      const given = Object.entries(c.req.query()).filter(([name, value]) => value !== '' || name === 'limit');
      const query = callQuery.safeParse(Object.fromEntries(given));
      if (!query.success) {
        const problems = query.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
        throw new ServiceError('invalid-request', problems.join('; '));
      }
      try {
        const page: CallPage = await log.page(readerOf(c.get('agent')), query.data);
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
      return c.json(await log.patch(callId, patch));
    });
}
