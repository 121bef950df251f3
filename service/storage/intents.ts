import { setTimeout as delay } from 'node:timers/promises';
import type { DialIntent, Intents } from '../calls/ports.ts';
import { prepared } from './prepared.ts';
import type { Store } from './store.ts';

/** How often a carrier's request looks again for an intent that has not arrived (another node may have taken it in). */
const LOOK_AGAIN_MS = 50;

const takeIntent = prepared<{ callId: string; identity: string; callSid: string; now: string }, { intent: string }>(
  (db, place) =>
    db
      .updateTable('intents')
      .set({ taken_by: place('callSid') })
      .where('call_id', '=', place('callId'))
      .where('identity', '=', place('identity'))
      .where((where) =>
        where.or([
          where('taken_by', '=', place('callSid')),
          where.and([where('taken_by', 'is', null), where('expires_at', '>', place('now'))]),
        ]),
      )
      .returning('intent'),
);

export function createIntents({ db, write }: Store): Intents {
  /** `unfit`: it is there and was not given, since it is expired, taken or somebody else's. Undefined: none is there. */
  function takeNow(
    callId: string,
    identity: string,
    callSid: string,
    now: Date,
  ): Promise<DialIntent | 'unfit' | undefined> {
    const values = { callId, identity, callSid, now: now.toISOString() };
    return write(async (trx) => {
      let [taken] = (await takeIntent(trx, values)).rows;
      if (!taken) {
        const kept = await trx.selectFrom('intents').select('call_id').where('call_id', '=', callId).executeTakeFirst();
        if (!kept) return undefined;
        // It may have arrived between the two questions.
        [taken] = (await takeIntent(trx, values)).rows;
      }
      return taken ? (JSON.parse(taken.intent) as DialIntent) : 'unfit';
    });
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
        const intent = await takeNow(callId, identity, callSid, now);
        if (intent) return intent === 'unfit' ? undefined : intent;
        // One that has not arrived may, at another node too. Looking costs less than writing.
        do {
          if (performance.now() >= deadline) return undefined;
          await delay(LOOK_AGAIN_MS);
        } while (!(await exists(callId)));
      }
    },
  };
}
