import { setTimeout as delay } from 'node:timers/promises';
import type { DialIntent, Intents } from '../calls/ports.ts';
import type { Store } from './store.ts';

/** How often a carrier's request looks again for an intent that has not arrived (another node may have taken it in). */
const LOOK_AGAIN_MS = 50;

export function createIntents({ db, write }: Store): Intents {
  async function takeNow(
    callId: string,
    identity: string,
    callSid: string,
    now: Date,
  ): Promise<DialIntent | undefined> {
    const row = await write((trx) =>
      trx
        .updateTable('intents')
        .set({ taken_by: callSid })
        .where('call_id', '=', callId)
        .where('identity', '=', identity)
        .where((where) =>
          where.or([
            where('taken_by', '=', callSid),
            where.and([where('taken_by', 'is', null), where('expires_at', '>', now.toISOString())]),
          ]),
        )
        .returning('intent')
        .executeTakeFirst(),
    );
    return row && (JSON.parse(row.intent) as DialIntent);
  }

  async function exists(callId: string): Promise<boolean> {
    return (
      (await db.selectFrom('intents').select('call_id').where('call_id', '=', callId).executeTakeFirst()) !== undefined
    );
  }

  return {
    async add(intent) {
      await write((trx) =>
        trx
          .insertInto('intents')
          .values({
            call_id: intent.callId,
            identity: intent.agent.identity,
            intent: JSON.stringify(intent),
            expires_at: intent.expiresAt,
            taken_by: null,
          })
          .onConflict((conflict) => conflict.column('call_id').doNothing())
          .execute(),
      );
      const kept = await db
        .selectFrom('intents')
        .select('intent')
        .where('call_id', '=', intent.callId)
        .executeTakeFirstOrThrow();
      return JSON.parse(kept.intent) as DialIntent;
    },

    async take(callId, identity, callSid, now, waitMs) {
      const deadline = performance.now() + waitMs;
      for (;;) {
        // Asked first: an intent that arrives between the two questions is taken in the next round, not missed.
        const arrived = await exists(callId);
        const intent = await takeNow(callId, identity, callSid, now);
        // One that is there and was not given is expired, taken or somebody else's: waiting changes nothing.
        if (intent || arrived || performance.now() >= deadline) return intent;
        await delay(LOOK_AGAIN_MS);
      }
    },
  };
}
