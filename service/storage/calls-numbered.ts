import { sql, type Kysely } from 'kysely';
import { all, inCall, inTime, newestCalls, type CallRow, type LogQuery } from './log-query.ts';
import { ownCalls } from './own-calls.ts';
import type { Database } from './schema.ts';

/** Sorts after every digit: the end of the range of texts that begin with the same digits. */
const AFTER_DIGITS = ':';
/** So many calls end in fewer digits that the newest of them are soon met. */
const SELECTIVE_DIGITS = 3;

/** Calls whose number ends in these digits: any of `reversed` may begin the reversed number. */
export async function callsNumbered(db: Kysely<Database>, reversed: string[], query: LogQuery): Promise<CallRow[]> {
  const selective = reversed.every(({ length }) => length >= SELECTIVE_DIGITS);
  // With an expression in its place, the planner does not look into the index of numbers.
  const number = selective ? sql`number_reversed` : sql`(number_reversed || '')`;
  const ends = sql.join(
    reversed.map((digits) => sql`(${number} >= ${digits} and ${number} < ${digits + AFTER_DIGITS})`),
    sql` or `,
  );
  if (!selective) return newestCalls(db, query, [sql`(${ends})`]);
  // Materialised, so that no planner reads the log by time until it has met enough of them. The rows of the log, which
  // are large, are read for those that are shown.
  const calls = inCall(query);
  const { rows } = await sql<CallRow>`
    with ends as materialized (select call_id, created_at from calls where ${ends}),
    shown as materialized (
      select ends.call_id from ends ${calls.length > 0 ? sql`cross join calls` : sql``}
      where ${all([
        ...inTime('ends', query),
        ...ownCalls('ends', query),
        ...calls,
        ...(calls.length > 0 ? [sql`calls.call_id = ends.call_id`] : []),
      ])}
      order by ends.created_at desc, ends.call_id desc limit ${query.limit})
    select calls.record from shown cross join calls where calls.call_id = shown.call_id`.execute(db);
  return rows;
}
