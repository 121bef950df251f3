import type { Transaction } from 'kysely';
import type { DueKind } from '../calls/ports.ts';
import type { Database } from './schema.ts';

/** A call that rings for as long as it may, and two minutes: by then the carrier has told more of it, or never will. */
const FIRST_LOOK_MS = 150_000;

/** From its beginning, a call is on the reconciler's list. */
export async function watchCall(trx: Transaction<Database>, callSid: string, createdAt: string): Promise<void> {
  const kind: DueKind = 'reconcile';
  const due_at = new Date(Date.parse(createdAt) + FIRST_LOOK_MS).toISOString();
  await trx
    .insertInto('deadlines')
    .values({ kind, key: callSid, detail: '', attempts: 0, due_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
