import { sql, type Kysely } from 'kysely';
import type { CallRow, Narrowed } from './call-page.ts';
import type { Database } from './schema.ts';

/** Sorts after every digit: the end of the range of texts that begin with the same digits. */
const AFTER_DIGITS = ':';
/** So many calls end in fewer digits that the newest of them are soon met. */
const SELECTIVE_DIGITS = 3;

/** Calls whose number ends in these digits: any of `reversed` may begin the reversed number. */
export async function callsNumbered(db: Kysely<Database>, reversed: string[], log: Narrowed): Promise<CallRow[]> {
  const selective = reversed.every(({ length }) => length >= SELECTIVE_DIGITS);
  // With an expression in its place, the planner does not look into the index of numbers.
  const number = selective ? sql`calls.number_reversed` : sql`(calls.number_reversed || '')`;
  const ends = sql.join(
    reversed.map((digits) => sql`(${number} >= ${digits} and ${number} < ${digits + AFTER_DIGITS})`),
    sql` or `,
  );
  const order = sql`order by ${log.createdAt} desc, ${log.callId} desc limit ${log.limit}`;
  const statement = selective
    ? // Materialised, so that the planner cannot read the whole log by time until it has met enough of them.
      sql<CallRow>`
        with ends as materialized (select call_id from calls where ${ends})
        select calls.record from ends inner join calls on calls.call_id = ends.call_id ${log.join}
        where ${log.where} ${order}`
    : sql<CallRow>`
        select calls.record from calls ${log.join} where (${ends}) and ${log.where} ${order}`;
  return (await statement.execute(db)).rows;
}
