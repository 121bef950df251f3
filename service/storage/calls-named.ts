import { sql, type Kysely, type RawBuilder } from 'kysely';
import { monthlyGrams, monthOf } from '../calls/name-grams.ts';
import { engineOf } from './engine.ts';
import { all, inCall, inTime, type CallRow, type LogQuery } from './log-query.ts';
import type { Database } from './schema.ts';

/** Ids of `call_names` for one millisecond. */
const IDS_A_MS = 1000;
/** PostgreSQL's index knows no order: where a name is common, looking at the newest calls is quicker. */
const LOOKED_AT_FIRST = 2000;
/** Then months are looked into, the newest first: one, and then as many as seem to have what is missing, or this many. */
const MORE_MONTHS = 12;

interface Named extends CallRow {
  id: number;
}

type Found = (limit: number) => Promise<Named[]>;

export function like(part: string): RawBuilder<unknown> {
  return sql`like ${`%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;
}

function idOf(time: string): number {
  return Date.parse(time) * IDS_A_MS;
}

/** The bounds in time once more, as ids. */
export function between(id: RawBuilder<unknown>, { from, to, after }: LogQuery): RawBuilder<unknown>[] {
  const ends = [to, after?.createdAt].filter((time) => time !== undefined).sort();
  return [
    ...(from === undefined ? [] : [sql`${id} >= ${idOf(from)}`]),
    ...(ends[0] === undefined ? [] : [sql`${id} < ${idOf(ends[0]) + IDS_A_MS}`]),
  ];
}

interface Source {
  /** What `call_names` is selected from. */
  from: RawBuilder<unknown>;
  where?: RawBuilder<unknown>[];
  order?: RawBuilder<unknown>;
}

/** The newest records of what the source has, as far as the query asks for them. */
export async function recordsOf(db: Kysely<Database>, source: Source, query: LogQuery, limit: number) {
  const { from, where = [], order = sql`call_names.id` } = source;
  const calls = inCall(query);
  if (calls.length > 0) calls.push(sql`calls.call_id = call_names.call_id`);
  const conditions = [...where, ...inTime('call_names', query), ...calls];
  // `cross join` keeps SQLite's planner from beginning with the log.
  const { rows } = await sql<Named>`
    with shown as materialized (
      select call_names.id, call_names.call_id from ${from} ${calls.length > 0 ? sql`cross join calls` : sql``}
      where ${all(conditions)} order by ${order} desc limit ${limit})
    select shown.id, calls.record from shown cross join calls
    where calls.call_id = shown.call_id order by shown.id desc`.execute(db);
  return rows;
}

function inSqlite(db: Kysely<Database>, part: string, query: LogQuery): Found {
  const rowid = sql`call_names_index.rowid`;
  const phrase = `"${part.replaceAll('"', '""')}"`;
  // FTS5 goes through its matches from the newest on, and stops when there are enough.
  const source = {
    from: sql`call_names_index cross join call_names`,
    where: [sql`call_names_index match ${phrase}`, ...between(rowid, query), sql`call_names.id = ${rowid}`],
    order: rowid,
  };
  return (limit) => recordsOf(db, source, query, limit);
}

/** The months that have calls and that the query asks for, newest first. */
async function monthsOf(db: Kysely<Database>, query: LogQuery): Promise<number[]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select min(id) as first, max(id) as last from call_names where ${all(between(sql`id`, query))}`.execute(db);
  const { first, last } = rows[0]!;
  if (first === null || last === null) return [];
  const [oldest, newest] = [first, last].map((id) => monthOf(id / IDS_A_MS)) as [number, number];
  return Array.from({ length: newest - oldest + 1 }, (_, back) => newest - back);
}

function inPostgres(db: Kysely<Database>, part: string, query: LogQuery): Found {
  const newest = sql`(
    select id, call_id, created_at from (
      select id, call_id, created_at, name from call_names where ${all(between(sql`id`, query))}
      order by id desc limit ${sql.lit(LOOKED_AT_FIRST)}) as newest
    where name ${like(part)}) as call_names`;
  // The offset keeps the planner from going through the log by time here.
  const inMonths = (months: number[]) => sql`(
    select id, call_id, created_at from call_names
    where (${sql.join(
      months.map((month) => sql`grams @> ${monthlyGrams(part, month)}::bigint[]`),
      sql` or `,
    )}) and name ${like(part)} offset 0) as call_names`;
  return async (limit) => {
    const [first, months] = await Promise.all([recordsOf(db, { from: newest }, query, limit), monthsOf(db, query)]);
    if (first.length === limit) return first;
    const found: Named[] = [];
    for (let many = 1, looked = 0; months.length > 0 && found.length < limit;) {
      const source = { from: inMonths(months.splice(0, many)) };
      found.push(...(await recordsOf(db, source, query, limit - found.length)));
      looked += many;
      const missing = Math.ceil((1.5 * looked * (limit - found.length)) / found.length);
      many = Math.min(missing, MORE_MONTHS * looked);
    }
    return found;
  };
}

/** Everybody's calls whose customer's name has this part of three letters or more in it, folded. */
export async function callsNamed(db: Kysely<Database>, part: string, query: LogQuery): Promise<CallRow[]> {
  const find = engineOf(db) === 'sqlite' ? inSqlite(db, part, query) : inPostgres(db, part, query);
  const millisecond = (row: Named | undefined) => row && Math.floor(row.id / IDS_A_MS);
  // Within a millisecond, ids are not in the order of the log: the last one must be there to its end.
  for (let { limit } = query; ; limit *= 4) {
    const rows = await find(limit);
    if (rows.length < limit || millisecond(rows[query.limit - 2]) !== millisecond(rows.at(-1))) return rows;
  }
}
