import { sql, type Kysely, type RawBuilder } from 'kysely';
import { callSearch } from '../calls/call-search.ts';
import type { LogReader } from '../calls/ports.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallPage, CallQuery, CallRecord } from '../contract.ts';
import { callsNamed } from './calls-named.ts';
import { callsNumbered } from './calls-numbered.ts';
import type { Database } from './schema.ts';

interface Position {
  createdAt: string;
  callId: string;
}

function cursorOf({ createdAt, callId }: Position): string {
  return Buffer.from(`${createdAt}|${callId}`).toString('base64url');
}

function parseCursor(cursor: string): Position {
  const [, createdAt, callId] =
    /^([\dT:.Z-]{20,30})\|([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!createdAt || !callId || Number.isNaN(Date.parse(createdAt))) {
    throw new RangeError('cursor is not one of ours: send the nextCursor of a page, or none.');
  }
  return { createdAt, callId };
}

/** Times are compared as text, so all of them must be written alike. */
function instant(time: string): string {
  return new Date(time).toISOString();
}

/** What narrows a log, as SQL over `calls` and, of one agent's log, `call_agents`. */
export interface Narrowed {
  /** Joins an agent's own calls; empty for everybody's. */
  join: RawBuilder<unknown>;
  where: RawBuilder<unknown>;
  /** Of an agent's log, the order is that of the index it is read through. */
  createdAt: RawBuilder<string>;
  callId: RawBuilder<string>;
  /** Bounds of the beginning, ISO 8601; the first is inclusive, and so is the second. */
  from: string | undefined;
  upTo: string | undefined;
  limit: number;
}

function narrowed(agentId: string | undefined, query: CallQuery, after: Position | undefined): Narrowed {
  const table = agentId === undefined ? 'calls' : 'call_agents';
  const createdAt = sql.ref<string>(`${table}.created_at`);
  const callId = sql.ref<string>(`${table}.call_id`);
  const conditions = [sql`1 = 1`];
  if (agentId !== undefined) conditions.push(sql`call_agents.agent_id = ${agentId}`);
  if (after) conditions.push(sql`(${createdAt}, ${callId}) < (${after.createdAt}, ${after.callId})`);
  if (query.from !== undefined) conditions.push(sql`${createdAt} >= ${instant(query.from)}`);
  if (query.to !== undefined) conditions.push(sql`${createdAt} < ${instant(query.to)}`);
  if (query.direction !== undefined) conditions.push(sql`calls.direction = ${query.direction}`);
  if (query.outcome !== undefined) conditions.push(sql`calls.outcome = ${query.outcome}`);
  const ends = [after?.createdAt, query.to && instant(query.to)].filter((time) => time !== undefined);
  return {
    join: agentId === undefined ? sql`` : sql`inner join call_agents on call_agents.call_id = calls.call_id`,
    where: sql.join(conditions, sql` and `),
    createdAt,
    callId,
    from: query.from && instant(query.from),
    upTo: ends.sort()[0],
    limit: query.limit + 1,
  };
}

export interface CallRow {
  record: string;
}

async function newest(db: Kysely<Database>, log: Narrowed): Promise<CallRow[]> {
  const { rows } = await sql<CallRow>`
    select calls.record from calls ${log.join} where ${log.where}
    order by ${log.createdAt} desc, ${log.callId} desc limit ${log.limit}`.execute(db);
  return rows;
}

/** Up to `limit` + 1 calls in the log of one agent, or of everybody, from the cursor on. */
async function select(
  db: Kysely<Database>,
  agentId: string | undefined,
  query: CallQuery,
  after: Position | undefined,
): Promise<CallRecord[]> {
  const search = callSearch(query.search ?? '');
  const log = narrowed(agentId, query, after);
  const rows = await (search === undefined
    ? newest(db, log)
    : search.by === 'name'
      ? callsNamed(db, search.part, log)
      : callsNumbered(db, search.reversed, log));
  return rows.map(({ record }) => JSON.parse(record) as CallRecord);
}

function newestFirst(a: CallRecord, b: CallRecord): number {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.callId < b.callId) ? 1 : -1;
}

/** One page of the log, as this reader sees it. Throws a RangeError for a cursor that is not ours. */
export async function callPage(db: Kysely<Database>, reader: LogReader, query: CallQuery): Promise<CallPage> {
  const after = query.cursor === undefined ? undefined : parseCursor(query.cursor);
  // An agent's own calls and those of everybody lie in two parts of the index, each in order.
  const logs = reader === 'everybody' ? [query.agent] : [reader.agentId, EVERY_AGENT];
  const parts = await Promise.all(logs.map((agentId) => select(db, agentId, query, after)));
  const found = parts.flat().sort(newestFirst);
  const calls = found.slice(0, query.limit);
  return { calls, nextCursor: found.length > query.limit ? cursorOf(calls.at(-1)!) : null };
}
