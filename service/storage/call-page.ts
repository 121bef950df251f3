import { sql, type Kysely } from 'kysely';
import { callSearch } from '../calls/call-search.ts';
import type { LogReader } from '../calls/ports.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallPage, CallQuery, CallRecord } from '../contract.ts';
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
  if (!createdAt || !callId) throw new RangeError('cursor is not one of ours: send the nextCursor of a page, or none.');
  return { createdAt, callId };
}

/** Sorts after every digit: the end of the range of texts that begin with the same digits. */
const AFTER_DIGITS = ':';

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

/** Up to `limit` + 1 calls in the log of one agent, or of everybody, from the cursor on. */
async function select(
  db: Kysely<Database>,
  agentId: string | undefined,
  query: CallQuery,
  after: Position | undefined,
): Promise<CallRecord[]> {
  const search = callSearch(query.search ?? '');
  // Of an agent's log, the order is that of the index it is read through.
  const createdAt = sql.ref<string>(agentId === undefined ? 'calls.created_at' : 'call_agents.created_at');
  const callId = sql.ref<string>(agentId === undefined ? 'calls.call_id' : 'call_agents.call_id');
  let rows = db.selectFrom('calls').select('calls.record');
  if (agentId !== undefined) {
    rows = rows
      .innerJoin('call_agents', 'call_agents.call_id', 'calls.call_id')
      .where('call_agents.agent_id', '=', agentId);
  }
  if (after) rows = rows.where(sql<boolean>`(${createdAt}, ${callId}) < (${after.createdAt}, ${after.callId})`);
  if (query.from !== undefined) rows = rows.where(createdAt, '>=', instant(query.from));
  if (query.to !== undefined) rows = rows.where(createdAt, '<', instant(query.to));
  if (query.direction !== undefined) rows = rows.where('calls.direction', '=', query.direction);
  if (query.outcome !== undefined) rows = rows.where('calls.outcome', '=', query.outcome);
  if (search?.by === 'name') {
    rows = rows.where(sql<boolean>`calls.name_folded like ${`%${escapeLike(search.part)}%`} escape '\\'`);
  }
  if (search?.by === 'number') {
    rows = rows.where((where) =>
      where.or(
        search.reversed.map((digits) =>
          where.and([
            where('calls.number_reversed', '>=', digits),
            where('calls.number_reversed', '<', digits + AFTER_DIGITS),
          ]),
        ),
      ),
    );
  }
  const found = await rows
    .orderBy(createdAt, 'desc')
    .orderBy(callId, 'desc')
    .limit(query.limit + 1)
    .execute();
  return found.map(({ record }) => JSON.parse(record) as CallRecord);
}

/** Times are compared as text, so all of them must be written alike. */
function instant(time: string): string {
  return new Date(time).toISOString();
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
