import type { Kysely } from 'kysely';
import { costOf } from '../calls/money.ts';
import type { CallRecord } from '../contract.ts';
import type { Database } from './schema.ts';

/**
 * What the log learns of an outgoing call, for the limits: that it has begun; at its end that its place is free, and what
 * it is taken to have cost.
 */
export async function noteCourse(trx: Kysely<Database>, record: CallRecord): Promise<void> {
  if (record.direction !== 'outgoing') return;
  if (record.status !== 'ended') return noteBegin(trx, record.callId);
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

async function noteBegin(trx: Kysely<Database>, callId: string): Promise<void> {
  await trx
    .updateTable('placed_calls')
    .set((call) => ({ open_until: call.ref('longest_until') }))
    .where('call_id', '=', callId)
    .where('cost', 'is', null)
    .whereRef('open_until', '<>', 'longest_until')
    .execute();
}
