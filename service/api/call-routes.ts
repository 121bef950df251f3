import { Hono } from 'hono';
import { z } from 'zod';
import { decideDial, type DialPolicy } from '../calls/dial-policy.ts';
import type { Agent, CallLog, Clock, Intents } from '../calls/ports.ts';
import { callId, dialRequest, type CallPage, type CallRecord, type DialAnswer } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { jsonBody } from './json-body.ts';

/** Long enough for a slow network, short enough that a phone that comes back online does not ring a customer. */
const INTENT_LIFE_MS = 30_000;

const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export interface CallRoutesOptions {
  log: CallLog;
  intents: Intents;
  policy: DialPolicy;
  callerIds: readonly string[];
  clock: Clock;
}

/** A call of this agent, or the same 404 as for one that does not exist. */
export async function ownCall(log: CallLog, agent: Agent, id: string): Promise<CallRecord> {
  const record = callId.safeParse(id).success ? await log.get(id) : undefined;
  if (!record || record.agent.id !== agent.id) throw new ServiceError('not-found', 'There is no such call.');
  return record;
}

export function callRoutes({ log, intents, policy, callerIds, clock }: CallRoutesOptions) {
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
      const query = pageQuery.safeParse(c.req.query());
      if (!query.success) {
        throw new ServiceError(
          'invalid-request',
          'limit must be a whole number from 1 to 100, and cursor the nextCursor of a page.',
        );
      }
      try {
        const page: CallPage = await log.page({ agentId: c.get('agent').id, ...query.data });
        return c.json(page);
      } catch (error) {
        if (error instanceof RangeError) throw new ServiceError('invalid-request', error.message);
        throw error;
      }
    })
    .get('/:callId', async (c) => c.json(await ownCall(log, c.get('agent'), c.req.param('callId'))));
}
