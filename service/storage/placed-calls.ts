import type { Kysely, UpdateResult } from 'kysely';
import { costOf } from '../calls/money.ts';
import type { CallRecord } from '../contract.ts';
import { forEachRow } from './for-each-row.ts';
import type { Database } from './schema.ts';

const begin = forEachRow<{ callId: string }, UpdateResult>({ callId: 'text' }, (db, rows) =>
  rows
    .over(db.updateTable('placed_calls'))
    .set((call) => ({ open_until: call.ref('longest_until') }))
    .where(rows.among('call_id', 'callId'))
    .where('call_id', '=', rows.value('callId'))
    .where('cost', 'is', null)
    .whereRef('open_until', '<>', 'longest_until'),
);

const end = forEachRow<{ callId: string; minutes: number }, UpdateResult>(
  { callId: 'text', minutes: 'bigint' },
  (db, rows) =>
    rows
      .over(db.updateTable('placed_calls'))
      .set((call) => ({
        cost: call.fn.coalesce('price', call('rate', '*', rows.value('minutes'))),
        open_until: '',
      }))
      .where(rows.among('call_id', 'callId'))
      .where('call_id', '=', rows.value('callId')),
);

/**
 * What the log learns of outgoing calls, for the limits: that they have begun; at their end that their place is free, and
 * what they are taken to have cost.
 */
export async function noteCourses(trx: Kysely<Database>, records: readonly CallRecord[]): Promise<void> {
  const outgoing = records.filter(({ direction }) => direction === 'outgoing');
  await begin(
    trx,
    outgoing.filter(({ status }) => status !== 'ended').map(({ callId }) => ({ callId })),
  );
  await end(
    trx,
    outgoing
      .filter(({ status }) => status === 'ended')
      // At a rate of 1, a cost is started minutes.
      .map(({ callId, durationSeconds }) => ({ callId, minutes: costOf(1, durationSeconds ?? 0) })),
  );
}
