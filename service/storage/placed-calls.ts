import type { Kysely } from 'kysely';
import { costOf } from '../calls/money.ts';
import type { CallRecord } from '../contract.ts';
import type { Database } from './schema.ts';

/** The end of an outgoing call frees its place among the open ones, and settles what it is taken to have cost. */
export async function noteCourse(trx: Kysely<Database>, record: CallRecord): Promise<void> {
  if (record.direction !== 'outgoing' || record.status !== 'ended') return;
  const kept = await trx
    .selectFrom('placed_calls')
    .select(['rate', 'price', 'cost'])
    .where('call_id', '=', record.callId)
    .executeTakeFirst();
  if (!kept) return;
  const cost = kept.price ?? costOf(kept.rate, record.durationSeconds ?? 0);
  if (kept.cost === cost) return;
  await trx.updateTable('placed_calls').set({ cost, open_until: '' }).where('call_id', '=', record.callId).execute();
}
