import type { Kysely } from 'kysely';
import { callSearch, type CallSearch } from '../calls/call-search.ts';
import type { LogReader } from '../calls/ports.ts';
import { EVERY_AGENT } from '../calls/visibility.ts';
import type { CallPage, CallQuery, CallRecord } from '../contract.ts';
import { callsNamed } from './calls-named.ts';
import { callsNamedBriefly, type SomeCalls } from './calls-named-briefly.ts';
import { callsNumbered } from './calls-numbered.ts';
import { instant } from './instant.ts';
import { newestCalls, type LogQuery } from './log-query.ts';
import { openCallBacks } from './open-call-backs.ts';
import { ownCallsNamed } from './own-calls-named.ts';
import { cursorOf, parseCursor } from './page-cursor.ts';
import type { Database } from './schema.ts';

/** What the index of names is made of. */
const TRIGRAM = 3;

async function found(db: Kysely<Database>, search: CallSearch | undefined, query: LogQuery): Promise<SomeCalls> {
  const { agentIds } = query;
  const own = search?.by === 'name' && agentIds !== undefined;
  if (own) return { rows: await ownCallsNamed(db, agentIds, search.part, query), rest: undefined };
  if (search?.by === 'name' && [...search.part].length < TRIGRAM) return callsNamedBriefly(db, search.part, query);
  const rows = await (search === undefined
    ? newestCalls(db, query)
    : search.by === 'name'
      ? callsNamed(db, search.part, query)
      : callsNumbered(db, search.reversed, query));
  return { rows, rest: undefined };
}

function newestFirst(a: CallRecord, b: CallRecord): number {
  return a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.callId < b.callId) ? 1 : -1;
}

/** One page of the log, as this reader sees it. Throws a RangeError for a cursor that is not ours. */
export async function callPage(
  db: Kysely<Database>,
  reader: LogReader,
  asked: CallQuery,
  now: Date,
): Promise<CallPage> {
  const { agent, cursor, direction, outcome, from, to } = asked;
  const everybody = reader === 'everybody';
  const place = cursor === undefined ? undefined : parseCursor(cursor);
  const search = callSearch(asked.search ?? '');
  const query: LogQuery = {
    agentIds: everybody ? (agent === undefined ? undefined : [agent]) : [reader.agentId, EVERY_AGENT],
    from: from && instant(from),
    to: to && instant(to),
    after: place && { createdAt: place[0], callId: place[1] },
    direction,
    outcome,
    limit: asked.limit + 1,
  };
  if (asked.callBacks) {
    const page = { after: place, limit: asked.limit, now: now.toISOString() };
    return openCallBacks(db, search, { ...query, after: undefined }, page);
  }
  const { rows, rest } = await found(db, search, query);
  const records = rows.map(({ record }) => JSON.parse(record) as CallRecord).sort(newestFirst);
  const calls = records.slice(0, asked.limit);
  const next = records.length > asked.limit ? calls.at(-1)! : rest;
  return { calls, nextCursor: next ? cursorOf([next.createdAt, next.callId]) : null };
}
