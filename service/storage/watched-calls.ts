import type { InsertResult, Transaction } from 'kysely';
import type { DueKind } from '../calls/ports.ts';
import { columnsOf, forEachRow } from './for-each-row.ts';
import type { Database } from './schema.ts';

/** A call that rings for as long as it may, and two minutes: by then the carrier has told more of it, or never will. */
const FIRST_LOOK_MS = 150_000;

const DEADLINE = { kind: 'text', key: 'text', detail: 'text', attempts: 'bigint', due_at: 'text' } as const;

const insertDeadlines = forEachRow<Database['deadlines'], InsertResult>(DEADLINE, (db, rows) =>
  db
    .insertInto('deadlines')
    .columns(columnsOf(DEADLINE))
    .expression(rows.select())
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
