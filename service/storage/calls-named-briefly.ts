import { sql, type Kysely } from 'kysely';
import { between, like, recordsOf } from './calls-named.ts';
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
  const newest = (columns: string[], limit: number, offset: number) => sql<{ created_at: string }>`
    select ${sql.join(columns.map((column) => sql.ref(column)))} from call_names
    where ${all(between(sql`id`, query))} order by id desc limit ${sql.lit(limit)} offset ${sql.lit(offset)}`;
  const { rows: ends } = await newest(['created_at'], 1, LOOKED_AT).execute(db);
  const end = ends[0]?.created_at;
  const from = sql`(
    select id, call_id, created_at from (${newest(['id', 'call_id', 'created_at', 'name'], LOOKED_AT, 0)}) as newest
    where name ${like(part)}) as call_names`;
  // The millisecond in which the looking ends is the next page's as a whole.
  const where = end === undefined ? [] : [sql`call_names.created_at > ${end}`];
  const rows = await recordsOf(db, { from, where }, query, query.limit);
  return { rows, rest: end === undefined ? undefined : { createdAt: end, callId: LAST_ID } };
}
