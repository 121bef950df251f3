import { sql, type Kysely, type RawBuilder } from 'kysely';
import { GRAMS, gramsOf, MONTH_MS } from '../calls/name-grams.ts';
import { engineOf } from './engine.ts';
import { all, inCall, inTime, type CallRow, type LogQuery } from './log-query.ts';
import type { Database } from './schema.ts';

/** Ids of `call_names` for one millisecond. */
const IDS_A_MS = 1000;
/** PostgreSQL's index knows no order: where a name is common, looking at the newest calls is quicker. */
const LOOKED_AT_FIRST = 2000;

interface Named extends CallRow {
  id: number;
}

type Found = (limit: number) => Promise<Named[]>;

export function like(part: string, before = '%'): RawBuilder<unknown> {
  return sql`like ${`${before}${part.replace(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;
}

function idOf(time: string): number {
  return Date.parse(time) * IDS_A_MS;
}

/** When a call began, in milliseconds since 1970. */
export function millisecondOf({ id }: { id: number }): number {
  return Math.floor(id / IDS_A_MS);
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

/**
 * One statement, since each is a way there and back: the newest calls, and where they have not enough, month after
 * month, the newest first, until there are.
 */
function inPostgres(db: Kysely<Database>, part: string, query: LogQuery): Found {
  const calls = inCall(query);
  const where = all([
    ...inTime('call_names', query),
    ...calls,
    ...(calls.length > 0 ? [sql`calls.call_id = call_names.call_id`] : []),
  ]);
  const bounds = all(between(sql`id`, query));
  const idsOf = (source: RawBuilder<unknown>, limit: RawBuilder<unknown>) => sql`(
    select coalesce(array_agg(id), '{}') as ids from (
      select call_names.id from ${source} as call_names ${calls.length > 0 ? sql`cross join calls` : sql``}
      where ${where} order by call_names.id desc limit ${limit}) as named)`;
  const newest = sql`(
    select id, call_id, created_at from (
      select id, call_id, created_at, name from call_names where ${bounds}
      order by id desc limit ${sql.lit(LOOKED_AT_FIRST)}) as newest
    where name ${like(part)})`;
  const month = sql`(looked.month - 1)`;
  // The offset keeps the planner from going through the log by time here.
  const inMonth = sql`(
    select id, call_id, created_at from call_names
    where grams @> (select array_agg(gram + ${month} * ${sql.lit(GRAMS)}) from unnest(${gramsOf(part)}::bigint[]) as gram)
      and name ${like(part)} offset 0)`;
  const monthOf = (id: 'min' | 'max') =>
    sql`(select ${sql.raw(id)}(id) / ${sql.lit(IDS_A_MS * MONTH_MS)} from call_names where ${bounds})`;
  return async (limit) => {
    const most = sql.lit(limit);
    const { rows } = await sql<Named>`
      with recursive looked (month, ids, missing) as (
        select ${monthOf('max')} + 1,
               case when cardinality(ids) = ${most} then ids else '{}' end,
               case when cardinality(ids) = ${most} then 0 else ${most} end
        from ${idsOf(newest, most)} as found
        union all
        select ${month}, found.ids, looked.missing - cardinality(found.ids)
        from looked cross join lateral ${idsOf(inMonth, sql`looked.missing`)} as found
        where looked.missing > 0 and looked.month > ${monthOf('min')})
      select shown.id, found.record from looked cross join unnest(looked.ids) as shown (id) cross join lateral (
        select calls.record from call_names cross join calls
        where call_names.id = shown.id and calls.call_id = call_names.call_id limit 1) as found
      order by shown.id desc`.execute(db);
    return rows;
  };
}

/** Asks for more where the last of the query's limit is not alone in its millisecond: within one, ids are in no order. */
export async function toMillisecond(find: Found, query: LogQuery): Promise<Named[]> {
  for (let { limit } = query; ; limit *= 4) {
    const rows = await find(limit);
    const [last, next] = [rows[query.limit - 2], rows.at(-1)];
    if (rows.length < limit || !last || millisecondOf(last) !== millisecondOf(next!)) return rows;
  }
}

/** Everybody's calls whose customer's name has this part of three letters or more in it, folded. */
export function callsNamed(db: Kysely<Database>, part: string, query: LogQuery): Promise<CallRow[]> {
  return toMillisecond(engineOf(db) === 'sqlite' ? inSqlite(db, part, query) : inPostgres(db, part, query), query);
}
