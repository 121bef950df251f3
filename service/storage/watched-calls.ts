import type { InsertResult, Transaction } from 'kysely';
import type { DueKind } from '../calls/ports.ts';
import { preparedForRows } from './prepared.ts';
import type { Database } from './schema.ts';

/** A call that rings for as long as it may, and two minutes: by then the carrier has told more of it, or never will. */
const FIRST_LOOK_MS = 150_000;

const insertDeadlines = preparedForRows<Database['deadlines'], InsertResult>((db, rows) =>
  db
    .insertInto('deadlines')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing()),
);

/** From their beginning, calls are on the reconciler's list. */
export async function watchCalls(
  trx: Transaction<Database>,
  calls: readonly { callSid: string; createdAt: string }[],
): Promise<void> {
  const kind: DueKind = 'reconcile';
  const rows = calls.map(({ callSid, createdAt }) => ({
    kind,
    key: callSid,
    detail: '',
    attempts: 0,
    due_at: new Date(Date.parse(createdAt) + FIRST_LOOK_MS).toISOString(),
  }));
  await insertDeadlines(trx, rows);
}
