import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Admission, Admitted, CountedCall } from '../calls/dial-gate.ts';
import { decideLimits, type DialLimits, type DialRefusal } from '../calls/dial-limits.ts';
import { isBlocked } from './block-list.ts';
import { dialCounts, isAgentBusy } from './dial-counts.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/** How long it is waited for the end of the call before: who hangs up and calls again is faster than the carrier. */
const END_IS_NEAR_MS = 1500;
const LOOK_AGAIN_MS = 50;
/** What counts is of today, or of the last hour. */
const KEPT_MS = 48 * 3_600_000;
const FORGET_EVERY_MS = 600_000;
/** After the longest call, for ringing and for news that is late. */
const SLACK_MS = 180_000;

/** A call that does not come into the log by then has come to nothing: this process ended between the two. */
const INTO_LOG_MS = 120_000;

const FOR_GOOD = '9999';

const BLOCKED: DialRefusal = { code: 'agent-blocked', message: 'This agent may not place calls.' };

export interface AdmissionOptions {
  limits: DialLimits;
  longestCallSeconds: number;
}

/** Holds the one row until the end of the transaction: whoever comes next counts what this one has written. */
async function takeTurn(trx: Transaction<Database>): Promise<void> {
  await trx
    .updateTable('dial_turn')
    .set((turn) => ({ turn: turn('turn', '+', 1) }))
    .where('id', '=', 1)
    .execute();
}

async function isNewCountry(trx: Transaction<Database>, { country, callId }: CountedCall, at: string) {
  if (!country) return false;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('called_countries')
    .values({ country, first_call_id: callId, first_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
}

function keptCall(db: Kysely<Database>, callId: string) {
  return db
    .selectFrom('placed_calls')
    .select(['put_through_at', 'refusal'])
    .where('call_id', '=', callId)
    .executeTakeFirst();
}

function rowOf(call: CountedCall, at: string) {
  return {
    call_id: call.callId,
    agent_id: call.agentId,
    number: call.number,
    at,
    counts_until: '',
    put_through_at: null,
    open_until: '',
    longest_until: '',
    rate: call.rate,
    cost: null,
    price: null,
    refusal: null,
  };
}

async function forget(trx: Transaction<Database>, now: Date): Promise<void> {
  const kept = new Date(now.getTime() - KEPT_MS).toISOString();
  await trx.deleteFrom('placed_calls').where('at', '<', kept).execute();
}

/** Counts and decides in one transaction, and one transaction after the other. */
export function createAdmission({ db, write }: Store, { limits, longestCallSeconds }: AdmissionOptions): Admission {
  async function waitForEnd(call: CountedCall, now: Date): Promise<void> {
    const deadline = performance.now() + END_IS_NEAR_MS;
    while ((await isAgentBusy(db, call, limits, now)) && performance.now() < deadline) await delay(LOOK_AGAIN_MS);
  }

  /** When this node last forgot what counts no more. */
  let forgotAt = 0;

  async function decide(trx: Transaction<Database>, call: CountedCall, now: Date) {
    return decideLimits(await dialCounts(trx, call, limits, now), limits, call.rate);
  }

  return {
    async reserve(call, now, expiresAt) {
      await waitForEnd(call, now);
      return write(async (trx) => {
        await takeTurn(trx);
        if (await isBlocked(trx, call.agentId)) return BLOCKED;
        // A repeat; whether it is the same call, the intents know.
        const kept = await keptCall(trx, call.callId);
        if (kept) return kept.refusal ? (JSON.parse(kept.refusal) as DialRefusal) : undefined;
        const refusal = await decide(trx, call, now);
        if (refusal) return refusal;
        if (now.getTime() - forgotAt > FORGET_EVERY_MS) {
          forgotAt = now.getTime();
          await forget(trx, now);
        }
        await trx
          .insertInto('placed_calls')
          .values({ ...rowOf(call, now.toISOString()), counts_until: expiresAt.toISOString() })
          .execute();
        return undefined;
      });
    },

    async putThrough(call, now) {
      // Asked again, the carrier need not wait for the call that it asks about.
      const asked = await keptCall(db, call.callId);
      if (!asked?.refusal && !asked?.put_through_at) await waitForEnd(call, now);
      return write(async (trx): Promise<Admitted> => {
        await takeTurn(trx);
        if (await isBlocked(trx, call.agentId)) return { refusal: BLOCKED };
        const kept = await keptCall(trx, call.callId);
        if (kept?.refusal) return { refusal: JSON.parse(kept.refusal) as DialRefusal };
        if (kept?.put_through_at) return { newCountry: false };
        const refusal = await decide(trx, call, now);
        const at = now.toISOString();
        const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
        const outcome = refusal
          ? { counts_until: '', refusal: JSON.stringify(refusal) }
          : {
              counts_until: FOR_GOOD,
              put_through_at: at,
              open_until: after(INTO_LOG_MS),
              longest_until: after(longestCallSeconds * 1000 + SLACK_MS),
            };
        await trx
          .insertInto('placed_calls')
          .values({ ...rowOf(call, at), ...outcome })
          .onConflict((conflict) => conflict.column('call_id').doUpdateSet(outcome))
          .execute();
        return refusal ? { refusal } : { newCountry: await isNewCountry(trx, call, at) };
      });
    },

    async priced(callId, price) {
      await write((trx) =>
        trx.updateTable('placed_calls').set({ price, cost: price }).where('call_id', '=', callId).execute(),
      );
    },
  };
}
