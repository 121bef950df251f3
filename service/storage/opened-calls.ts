import type { InsertResult, Kysely, Selectable, Transaction } from 'kysely';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import { reversedDigits } from '../calls/call-search.ts';
import { foldName } from '../calls/folded-name.ts';
import { EVERY_AGENT, viewersOf } from '../calls/visibility.ts';
import { project, type Projected } from './call-projection.ts';
import { insertViews, viewsOf } from './call-viewers.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { engineOf } from './engine.ts';
import { columnsOf, forEachRow } from './for-each-row.ts';
import { isAmong, keyList } from './key-list.ts';
import { takeRevisions } from './log-revision.ts';
import { prepared } from './prepared.ts';
import type { Database } from './schema.ts';
import { watchCalls } from './watched-calls.ts';

/** A conversation that begins, by its parent leg. */
export interface OpenedCall {
  callSid: string;
  base: CallBase;
}

const BEGINNING = {
  call_id: 'text',
  call_sid: 'text',
  agent_id: 'text',
  created_at: 'text',
  base: 'text',
  record: 'text',
  revision: 'bigint',
  direction: 'text',
  number_reversed: 'text',
  name_folded: 'text',
} as const;

const insertCalls = forEachRow<Pick<Selectable<Database['calls']>, keyof typeof BEGINNING>, { call_sid: string }>(
  BEGINNING,
  (db, rows) =>
    db
      .insertInto('calls')
      .columns(columnsOf(BEGINNING))
      .expression(rows.select())
      .onConflict((conflict) => conflict.doNothing())
      .returning('call_sid'),
);

const AGENT = { agent_id: 'text', name: 'text' } as const;

const keepAgents = forEachRow<Database['agents'], InsertResult>(AGENT, (db, rows) =>
  db
    .insertInto('agents')
    .columns(columnsOf(AGENT))
    .expression(rows.select())
    .onConflict((conflict) =>
      conflict
        .column('agent_id')
        .doUpdateSet({ name: (row) => row.ref('excluded.name') })
        .where('agents.name', 'is distinct from', (row) => row.ref('excluded.name')),
    ),
);

const callsWithEvents = prepared<{ callSids: unknown }, { call_sid: string }>((db, place) =>
  db
    .selectFrom('call_events')
    .select('call_sid')
    .distinct()
    .where(isAmong(engineOf(db), 'call_sid', place('callSids'))),
);

/** Calls with an event already: the carrier's news may be faster than we are with its question. */
async function begunBefore(trx: Kysely<Database>, opened: readonly OpenedCall[]): Promise<Set<string>> {
  const callSids = keyList(
    engineOf(trx),
    opened.map(({ callSid }) => callSid),
  );
  return new Set((await callsWithEvents(trx, { callSids })).rows.map(({ call_sid }) => call_sid));
}

/** Each once, so that no row is written twice by one statement. */
function agentsOf(opened: readonly OpenedCall[]): Database['agents'][] {
  const agents = opened.flatMap(({ base: { agent, rung = [] } }) => [agent, ...rung]);
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  names.delete(EVERY_AGENT);
  // In one order everywhere: two nodes never wait for each other's rows.
  return [...names].map(([agent_id, name]) => ({ agent_id, name })).sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1));
}

/**
 * Opens the rows of conversations, under lockLog, and joins the events that came before them; in their order, what is
 * told of each. One that is open already stays as it is; undefined where its callId is another call's.
 */
export async function openCalls(
  trx: Transaction<Database>,
  opened: readonly OpenedCall[],
  writeCrmEvents: WriteCrmEvents | undefined,
): Promise<((Projected & { base: CallBase }) | undefined)[]> {
  if (opened.length === 0) return [];
  const first = await takeRevisions(trx, opened.length);
  // What there is more to tell of than a beginning is projected: news that came before, a call that was refused.
  const begun = await begunBefore(trx, opened);
  for (const { callSid, base } of opened) if (base.refusal !== undefined) begun.add(callSid);
  const drafts = opened.map(({ callSid, base }, index) => {
    const record = callRecord(base, []);
    return { callSid, base, record, viewers: viewersOf(base, record), revision: first + index };
  });
  const inserted = await insertCalls(
    trx,
    drafts.map(({ callSid, base, record, revision }) => ({
      call_id: base.callId,
      call_sid: callSid,
      agent_id: base.agent.id,
      created_at: base.createdAt,
      base: JSON.stringify(base),
      record: JSON.stringify(record),
      // What is projected next is told as a new call.
      revision: begun.has(callSid) ? 0 : revision,
      direction: base.direction,
      number_reversed: reversedDigits(base.customer.number),
      name_folded: foldName(base.customer.name ?? ''),
    })),
  );
  const fresh = new Set(inserted.map(({ call_sid }) => call_sid).filter((callSid) => !begun.has(callSid)));
  await keepAgents(trx, agentsOf(opened));
  await watchCalls(
    trx,
    drafts.map(({ callSid, base }) => ({ callSid, createdAt: base.createdAt })),
  );
  await insertViews(
    trx,
    drafts.filter(({ callSid }) => fresh.has(callSid)).flatMap(({ base, viewers }) => viewsOf(base, viewers)),
  );
  await writeCrmEvents?.(
    trx,
    drafts.filter(({ callSid }) => fresh.has(callSid)).map(({ record }) => ({ before: undefined, after: record })),
  );
  const told = [];
  for (const { callSid, base, record, viewers, revision } of drafts) {
    if (!fresh.has(callSid)) {
      told.push(await project(trx, callSid, writeCrmEvents));
      continue;
    }
    const onlookers = (base.rung ?? []).map(({ id }) => id).filter((id) => !viewers.includes(id));
    told.push({ change: { kind: 'call' as const, revision, record }, viewers, onlookers, base });
  }
  return told;
}
