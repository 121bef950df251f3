import { PostgresAdapter, sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/**
 * From here to the end of the transaction nobody else projects these calls: of two nodes that take in events of one
 * call, the second reads what the first has kept. SQLite has one writer anyway. A call need not be known yet.
 */
export async function lockCalls(trx: Transaction<Database>, callSids: readonly string[]): Promise<void> {
  if (!(trx.getExecutor().adapter instanceof PostgresAdapter)) return;
  // Always in the same order, so that two who want the same calls wait instead of standing in each other's way.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(call_sid, 0))
    from (select unnest(${callSids}::text[]) as call_sid order by 1) as wanted`.execute(trx);
}
