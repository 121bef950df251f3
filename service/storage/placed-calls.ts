import type { InsertResult, Kysely, Selectable, UpdateResult } from 'kysely';
import type { TalliedCall } from '../calls/dial-tally.ts';
import { costOf, type Amount } from '../calls/money.ts';
import type { CallRecord } from '../contract.ts';
import { engineOf } from './engine.ts';
import { columnsOf, forEachRow } from './for-each-row.ts';
import { isAmong, keyList } from './key-list.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';

export type PlacedCall = Selectable<Database['placed_calls']>;

const PLACED = {
  call_id: 'text',
  agent_id: 'text',
  number: 'text',
  at: 'text',
  counts_until: 'text',
  put_through_at: 'text',
  open_until: 'text',
  rate: 'bigint',
  cost: 'bigint',
  price: 'bigint',
  refusal: 'text',
  intent: 'text',
  call_sid: 'text',
  limit_seconds: 'bigint',
} as const;

const placedAmong = prepared<{ keys: unknown }, PlacedCall>((db, place) =>
  db
    .selectFrom('placed_calls')
    .select(columnsOf(PLACED))
    .where(isAmong(engineOf(db), 'call_id', place('keys'))),
);

/** What is kept of these calls. */
export async function placedCalls(db: Kysely<Database>, callIds: Iterable<string>): Promise<Map<string, PlacedCall>> {
  const { rows } = await placedAmong(db, { keys: keyList(engineOf(db), callIds) });
  return new Map(rows.map((row) => [row.call_id, row]));
}

const loggedAmong = prepared<{ keys: unknown }, { call_id: string }>((db, place) =>
  db
    .selectFrom('calls')
    .select('call_id')
    .where(isAmong(engineOf(db), 'call_id', place('keys'))),
);

/** Those of them that stand in the log. */
export async function loggedCalls(db: Kysely<Database>, callIds: readonly string[]): Promise<Set<string>> {
  if (callIds.length === 0) return new Set();
  const { rows } = await loggedAmong(db, { keys: keyList(engineOf(db), callIds) });
  return new Set(rows.map(({ call_id }) => call_id));
}

const writeRows = forEachRow<PlacedCall, InsertResult>(PLACED, (db, rows) =>
  db
    .insertInto('placed_calls')
    .columns(columnsOf(PLACED))
    .expression(rows.select())
    .onConflict((conflict) =>
      conflict.column('call_id').doUpdateSet({
        counts_until: (row) => row.ref('excluded.counts_until'),
        put_through_at: (row) => row.ref('excluded.put_through_at'),
        open_until: (row) => row.ref('excluded.open_until'),
        refusal: (row) => row.ref('excluded.refusal'),
        call_sid: (row) => row.ref('excluded.call_sid'),
        limit_seconds: (row) => row.ref('excluded.limit_seconds'),
      }),
    ),
);

/** Keeps calls that are new, and of those that are not what has been decided on them. */
export async function writePlaced(trx: Kysely<Database>, calls: Iterable<PlacedCall>): Promise<void> {
  await writeRows(trx, [...calls]);
}

/** As the limits see it. */
export function tallied(row: PlacedCall): TalliedCall {
  return {
    agentId: row.agent_id,
    number: row.number,
    at: row.at,
    countsUntil: row.counts_until,
    putThroughAt: row.put_through_at,
    openUntil: row.open_until,
    rate: row.rate,
    limitSeconds: row.limit_seconds,
    cost: row.cost,
  };
}

const settle = forEachRow<{ callId: string; minutes: number }, UpdateResult>(
  { callId: 'text', minutes: 'bigint' },
  (db, rows) =>
    rows
      .over(db.updateTable('placed_calls'))
      .set((call) => ({
        cost: call.fn.coalesce('price', call('rate', '*', rows.value('minutes'))),
        open_until: '',
      }))
      .where(rows.among('call_id', 'callId'))
      .where('call_id', '=', rows.value('callId')),
);

/**
 * What the log learns of calls, for the limits: at the end of one that was placed, or forwarded, that its place is free,
 * and what it is taken to have cost. To be had under lockLog.
 */
export async function noteCourses(trx: Kysely<Database>, records: readonly CallRecord[]): Promise<void> {
  const given = records
    .filter(({ status }) => status === 'ended')
    // At a rate of 1, a cost is started minutes.
    .map(({ callId, durationSeconds }) => ({ callId, minutes: costOf(1, durationSeconds ?? 0) }));
  await settle(trx, given);
}

/** What the carrier says a call has cost. To be had under lockLog. */
export async function notePrice(trx: Kysely<Database>, callId: string, price: Amount): Promise<void> {
  await trx.updateTable('placed_calls').set({ price, cost: price }).where('call_id', '=', callId).execute();
}

/** What counts is of today, or of the last hour. */
const KEPT_MS = 48 * 3_600_000;

export async function forgetPlaced(trx: Kysely<Database>, now: Date): Promise<void> {
  const kept = new Date(now.getTime() - KEPT_MS).toISOString();
  await trx.deleteFrom('placed_calls').where('at', '<', kept).execute();
  await trx.deleteFrom('spent').where('day', '<', kept.slice(0, 10)).execute();
}
