import { sql, type Kysely, type RawBuilder } from 'kysely';
import { nameGrams } from '../calls/name-grams.ts';
import { engineOf } from './engine.ts';
import type { CallRow, Narrowed } from './call-page.ts';
import type { Database } from './schema.ts';

/** Ids of `call_names` for one millisecond. */
const IDS_A_MS = 1000;
/** PostgreSQL's index knows no order: where a name is common, looking at the newest calls is quicker. */
const LOOKED_AT_FIRST = 4000;
const TRIGRAM = 3;

interface Named extends CallRow {
  id: number;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

/** The calls that `found` (id, call_id) names and the log has, newest first. */
function callsOf(found: RawBuilder<unknown>, log: Narrowed, limit: number) {
  return sql<Named>`
    with found as materialized (${found})
    select found.id, calls.record from found inner join calls on calls.call_id = found.call_id ${log.join}
    where ${log.where} order by found.id desc limit ${limit}`;
}

interface NameQuery {
  part: string;
  /** SQL over `call_names.id`. */
  between: RawBuilder<unknown>;
}

async function inSqlite(db: Kysely<Database>, { part, between }: NameQuery, log: Narrowed, limit: number) {
  const phrase = `"${part.replaceAll('"', '""')}"`;
  // FTS5 goes through its matches from the newest on, and stops when there are enough.
  const { rows } = await sql<Named>`
    select call_names.id, calls.record
    from call_names_index
      cross join call_names on call_names.id = call_names_index.rowid
      cross join calls on calls.call_id = call_names.call_id ${log.join}
    where call_names_index match ${phrase} and ${between} and ${log.where}
    order by call_names_index.rowid desc limit ${limit}`.execute(db);
  return rows;
}

async function inPostgres(db: Kysely<Database>, { part, between }: NameQuery, log: Narrowed, limit: number) {
  const like = sql`name like ${`%${escapeLike(part)}%`}`;
  const newest = sql`
    select id, call_id from (select id, call_id, name from call_names where ${between}
                             order by id desc limit ${sql.lit(LOOKED_AT_FIRST)}) as newest where ${like}`;
  const first = await callsOf(newest, log, limit).execute(db);
  if (first.rows.length === limit) return first.rows;
  const all = sql`
    select id, call_id from call_names
    where grams @> ${nameGrams(part)}::integer[] and ${like}`;
  return (await callsOf(all, log, limit).execute(db)).rows;
}

/** Of one or two letters there is no index: the log is read from its newest call on. */
async function scanned(db: Kysely<Database>, { part }: NameQuery, log: Narrowed, limit: number) {
  const { rows } = await sql<CallRow>`
    select calls.record from calls ${log.join}
    where calls.name_folded like ${`%${escapeLike(part)}%`} escape '\\' and ${log.where}
    order by ${log.createdAt} desc, ${log.callId} desc limit ${limit}`.execute(db);
  return rows;
}

function idOf(time: string): number {
  return Date.parse(time) * IDS_A_MS;
}

/** Calls whose customer's name has this part in it, folded. */
export async function callsNamed(db: Kysely<Database>, part: string, log: Narrowed): Promise<CallRow[]> {
  const sqlite = engineOf(db) === 'sqlite';
  const id = sqlite ? sql`call_names_index.rowid` : sql`id`;
  const bounds = [sql`1 = 1`];
  if (log.from !== undefined) bounds.push(sql`${id} >= ${idOf(log.from)}`);
  if (log.upTo !== undefined) bounds.push(sql`${id} < ${idOf(log.upTo) + IDS_A_MS}`);
  const query = { part, between: sql.join(bounds, sql` and `) };
  if ([...part].length < TRIGRAM) return scanned(db, query, log, log.limit);
  const read = sqlite ? inSqlite : inPostgres;
  const millisecond = (row: Named | undefined) => row && Math.floor(Number(row.id) / IDS_A_MS);
  // Within a millisecond, ids are not in the order of the log: the last one must be there to its end.
  for (let limit = log.limit; ; limit *= 4) {
    const rows = await read(db, query, log, limit);
    if (rows.length < limit || millisecond(rows[log.limit - 2]) !== millisecond(rows.at(-1))) return rows;
  }
}
