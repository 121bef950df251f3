import { sql, type Kysely, type RawBuilder } from 'kysely';
import { nameGrams } from '../calls/name-grams.ts';
import { all, inCall, inTime, newestCalls, type CallRow, type LogQuery } from './log-query.ts';
import { engineOf } from './engine.ts';
import { ownCalls } from './own-calls.ts';
import type { Database } from './schema.ts';

/** Ids of `call_names` for one millisecond. */
const IDS_A_MS = 1000;
/** PostgreSQL's index knows no order: where a name is common, looking at the newest calls is quicker. */
const LOOKED_AT_FIRST = 4000;
const TRIGRAM = 3;

interface Named extends CallRow {
  id: number;
}

type Found = (limit: number) => Promise<Named[]>;

function like(part: string): RawBuilder<unknown> {
  return sql`like ${`%${part.replace(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;
}

function idOf(time: string): number {
  return Date.parse(time) * IDS_A_MS;
}

/** The bounds in time once more, as ids. */
function between(id: RawBuilder<unknown>, { from, to, after }: LogQuery): RawBuilder<unknown>[] {
  const ends = [to, after?.createdAt].filter((time) => time !== undefined).sort();
  return [
    ...(from === undefined ? [] : [sql`${id} >= ${idOf(from)}`]),
    ...(ends[0] === undefined ? [] : [sql`${id} < ${idOf(ends[0]) + IDS_A_MS}`]),
  ];
}

/** The records of the calls that `names` (from … where …) finds, from the newest on. */
async function recordsOf(db: Kysely<Database>, names: RawBuilder<unknown>, order: RawBuilder<unknown>, limit: number) {
  const { rows } = await sql<Named>`
    with shown as materialized (
      select call_names.id, call_names.call_id ${names} order by ${order} desc limit ${limit})
    select shown.id, calls.record from shown cross join calls
    where calls.call_id = shown.call_id order by shown.id desc`.execute(db);
  return rows;
}

function inSqlite(db: Kysely<Database>, part: string, query: LogQuery): Found {
  const rowid = sql`call_names_index.rowid`;
  const phrase = `"${part.replaceAll('"', '""')}"`;
  const own = ownCalls('call_names', query);
  const calls = inCall(query);
  if (calls.length > 0) calls.push(sql`calls.call_id = call_names.call_id`);
  const conditions = [
    sql`call_names_index match ${phrase}`,
    ...between(rowid, query),
    sql`call_names.id = ${rowid}`,
    ...inTime('call_names', query),
    ...own.where,
    ...calls,
  ];
  // FTS5 goes through its matches from the newest on, and stops when there are enough.
  const names = sql`
    from call_names_index cross join call_names ${own.join} ${calls.length > 0 ? sql`cross join calls` : sql``}
    where ${all(conditions)}`;
  return (limit) => recordsOf(db, names, rowid, limit);
}

function inPostgres(db: Kysely<Database>, part: string, query: LogQuery): Found {
  const own = ownCalls('call_names', query);
  const calls = inCall(query);
  if (calls.length > 0) calls.push(sql`calls.call_id = call_names.call_id`);
  const rest = all([...inTime('call_names', query), ...own.where, ...calls]);
  const id = sql`call_names.id`;
  const from = (found: RawBuilder<unknown>) => sql`
    from (${found}) as call_names ${own.join} ${calls.length > 0 ? sql`cross join calls` : sql``} where ${rest}`;
  const newest = from(sql`
    select id, call_id, created_at from (
      select id, call_id, created_at, name from call_names where ${all(between(sql`id`, query))}
      order by id desc limit ${sql.lit(LOOKED_AT_FIRST)}) as newest
    where name ${like(part)} offset 0`);
  // The offset keeps the planner from going through the log by time here.
  const every = from(sql`
    select id, call_id, created_at from call_names
    where grams @> ${nameGrams(part)}::integer[] and name ${like(part)} offset 0`);
  return async (limit) => {
    const first = query.agentIds === undefined ? await recordsOf(db, newest, id, limit) : [];
    return first.length === limit ? first : recordsOf(db, every, id, limit);
  };
}

/** Calls whose customer's name has this part in it, folded. */
export async function callsNamed(db: Kysely<Database>, part: string, query: LogQuery): Promise<CallRow[]> {
  // One or two letters are in so many names that the newest of them are soon met.
  if ([...part].length < TRIGRAM) return newestCalls(db, query, [sql`calls.name_folded ${like(part)}`]);
  const find = engineOf(db) === 'sqlite' ? inSqlite(db, part, query) : inPostgres(db, part, query);
  const millisecond = (row: Named | undefined) => row && Math.floor(row.id / IDS_A_MS);
  // Within a millisecond, ids are not in the order of the log: the last one must be there to its end.
  for (let { limit } = query; ; limit *= 4) {
    const rows = await find(limit);
    if (rows.length < limit || millisecond(rows[query.limit - 2]) !== millisecond(rows.at(-1))) return rows;
  }
}
