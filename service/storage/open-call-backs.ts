import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { CallSearch } from '../calls/call-search.ts';
import type { CallPage, CallRecord } from '../contract.ts';
import { like } from './calls-named.ts';
import { all, inCall, inTime, type CallRow, type LogQuery } from './log-query.ts';
import { cursorOf, type Place } from './page-cursor.ts';
import type { Database } from './schema.ts';

/** They are read in the order in which they are due: each that is met is looked at, and there are not many. */
function matches(search: CallSearch | undefined): RawBuilder<unknown>[] {
  if (search === undefined) return [];
  if (search.by === 'name') return [sql`calls.name_folded ${like(search.part)}`];
  const ends = search.reversed.map((digits) => sql`calls.number_reversed ${like(digits, '')}`);
  return [sql`(${sql.join(ends, sql` or `)})`];
}

/** From the index of one agent's log, or of everybody's. */
async function part(
  db: Kysely<Database>,
  agentId: string | undefined,
  conditions: RawBuilder<unknown>[],
  { after, limit }: { after: Place | undefined; limit: number },
): Promise<CallRow[]> {
  const own = agentId !== undefined;
  const table = own ? 'call_agents' : 'calls';
  const at = sql.ref(`${table}.call_back_at`);
  const id = sql.ref(`${table}.call_id`);
  const open = own ? sql`call_agents.agent_id = ${agentId}` : sql`calls.call_back_done_at is null`;
  const from = after ? [sql`(${at}, ${id}) > (${after[0]}, ${after[1]})`] : [];
  const { rows } = await sql<CallRow>`
    select calls.record from ${sql.table(table)}
    ${own ? sql`inner join calls on calls.call_id = call_agents.call_id` : sql``}
    where ${at} is not null and ${all([open, ...from, ...conditions])}
    order by ${at}, ${id} limit ${limit}`.execute(db);
  return rows;
}

/** How many there are of all that the conditions leave, which are of the row in `calls`. */
async function count(
  db: Kysely<Database>,
  agentIds: readonly string[] | undefined,
  conditions: RawBuilder<unknown>[],
  now: string,
): Promise<CallPage['callBacks']> {
  const own = agentIds !== undefined;
  const table = own ? 'call_agents' : 'calls';
  const at = sql.ref(`${table}.call_back_at`);
  const open = own ? sql`call_agents.agent_id in (${sql.join(agentIds)})` : sql`calls.call_back_done_at is null`;
  const join = own && conditions.length > 0 ? sql`inner join calls on calls.call_id = call_agents.call_id` : sql``;
  const { rows } = await sql<{ open: number; due: number }>`
    select count(*) as open, count(*) filter (where ${at} <= ${now}) as due from ${sql.table(table)} ${join}
    where ${at} is not null and ${all([open, ...conditions])}`.execute(db);
  return rows[0];
}

const placeOf = ({ callBack, callId }: CallRecord): Place => [callBack!.at, callId];

function dueFirst(a: CallRecord, b: CallRecord): number {
  const [[atOfA, idOfA], [atOfB, idOfB]] = [placeOf(a), placeOf(b)];
  return atOfA < atOfB || (atOfA === atOfB && idOfA < idOfB) ? -1 : 1;
}

/**
 * One page of the calls with an open call-back, of those in the logs that `query` names; the first says how many there
 * are. `after` is in their own order.
 */
export async function openCallBacks(
  db: Kysely<Database>,
  search: CallSearch | undefined,
  query: LogQuery,
  { after, limit, now }: { after: Place | undefined; limit: number; now: string },
): Promise<CallPage> {
  const conditions = [...inTime('calls', query), ...inCall(query), ...matches(search)];
  const parts = (query.agentIds ?? [undefined]).map((agentId) =>
    part(db, agentId, conditions, { after, limit: limit + 1 }),
  );
  const counted = after ? undefined : count(db, query.agentIds, conditions, now);
  const [callBacks, ...found] = await Promise.all([counted, ...parts]);
  const rows = found.flat();
  const records = rows.map(({ record }) => JSON.parse(record) as CallRecord).sort(dueFirst);
  const calls = records.slice(0, limit);
  const nextCursor = records.length > limit ? cursorOf(placeOf(calls.at(-1)!)) : null;
  return { calls, nextCursor, ...(callBacks && { callBacks }) };
}
