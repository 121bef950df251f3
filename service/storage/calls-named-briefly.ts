import { sql, type Kysely } from 'kysely';
import { between, like, millisecondOf, recordsOf, toMillisecond } from './calls-named.ts';
import { all, type CallRow, type LogQuery, type Position } from './log-query.ts';
import type { Database } from './schema.ts';

/** How many calls are looked at for one page: some ten milliseconds. */
const LOOKED_AT = 50_000;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface SomeCalls {
  rows: CallRow[];
  /** Older calls were not looked at: whoever wants to see them goes on from here. */
  rest: Position | undefined;
}

/**
 * Everybody's calls whose customer's name has one or two letters in it. There is no index of so few, since most names have them:
 * the newest calls are looked at, up to a bound, behind which the next page begins.
 */
export async function callsNamedBriefly(db: Kysely<Database>, part: string, query: LogQuery): Promise<SomeCalls> {
  const bounds = all(between(sql`id`, query));
  const from = sql`(
    select id, call_id, created_at from (
      select id, call_id, created_at, name from call_names where ${bounds}
      order by id desc limit ${sql.lit(LOOKED_AT)}) as newest
    where name ${like(part)}) as call_names`;
  const rows = await toMillisecond((limit) => recordsOf(db, { from }, query, limit), query);
  if (rows.length >= query.limit) return { rows, rest: undefined };
  const { rows: ends } = await sql<{ id: number }>`
    select id from call_names where ${bounds} order by id desc limit 1 offset ${sql.lit(LOOKED_AT)}`.execute(db);
  if (!ends[0]) return { rows, rest: undefined };
  // The millisecond in which the looking ends is the next page's as a whole.
  const end = millisecondOf(ends[0]);
  const createdAt = new Date(end).toISOString();
  return { rows: rows.filter((row) => millisecondOf(row) > end), rest: { createdAt, callId: LAST_ID } };
}
