import { isDeepStrictEqual } from 'node:util';
import type { DeleteResult, Kysely, Transaction, UpdateResult } from 'kysely';
import type { CallEvent } from '../calls/call-event.ts';
import { callRecord, type CallBase, type WrapUp } from '../calls/call-record.ts';
import type { CallChange, Feed } from '../calls/ports.ts';
import { viewersOf } from '../calls/visibility.ts';
import type { CallRecord, Recording } from '../contract.ts';
import { insertViews, openCallBackOf, viewsOf } from './call-viewers.ts';
import { closeCallBacks, hasReached } from './closed-call-backs.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { forEachRow } from './for-each-row.ts';
import { takeRevisions } from './log-revision.ts';
import { noteCourses } from './placed-calls.ts';
import type { Database } from './schema.ts';

/** A change and whom it is told to. */
export interface Projected {
  change: CallChange;
  viewers: string[];
  /** Whose phones rang for the call, and who do not see it any more: they hear that it was taken and that it is over. */
  onlookers: string[];
  /** Changes of other calls that this one brought about, told after it. */
  besides?: readonly Projected[];
}

interface ProjectedCall extends Projected {
  base: CallBase;
}

const deleteViewers = forEachRow<{ callId: string }, DeleteResult>({ callId: 'text' }, (db, rows) =>
  db.deleteFrom('call_agents').where(rows.among('call_id', 'callId')),
);

interface Viewed {
  record: CallRecord;
  viewers: readonly string[];
}

async function addViewers(trx: Kysely<Database>, viewed: readonly Viewed[]): Promise<void> {
  await insertViews(
    trx,
    viewed.flatMap(({ record, viewers }) => viewsOf(record, viewers)),
  );
}

async function setViewers(trx: Kysely<Database>, viewed: readonly Viewed[]): Promise<void> {
  await deleteViewers(
    trx,
    viewed.map(({ record: { callId } }) => ({ callId })),
  );
  await addViewers(trx, viewed);
}

interface KeptCall {
  call_sid: string;
  base: string;
  record: string;
  note: string | null;
  disposition: string | null;
  call_back_at: string | null;
  call_back_done_at: string | null;
  revision: number;
  ended_revision: number | null;
}

const callsOf = forEachRow<{ callSid: string }, KeptCall>({ callSid: 'text' }, (db, rows) =>
  db
    .selectFrom('calls')
    .select(['call_sid', 'base', 'record', 'note', 'disposition', 'call_back_at', 'call_back_done_at'])
    .select(['revision', 'ended_revision'])
    .where(rows.among('call_sid', 'callSid')),
);

function wrapUpOf({ note, disposition, call_back_at: at, call_back_done_at: doneAt }: KeptCall): WrapUp {
  return { note, disposition, ...(at !== null && { callBack: { at, doneAt } }) };
}

const eventsOf = forEachRow<{ callSid: string }, { call_sid: string; event: string }>({ callSid: 'text' }, (db, rows) =>
  db.selectFrom('call_events').select(['call_sid', 'event']).where(rows.among('call_sid', 'callSid')),
);

interface WrittenRecord {
  callSid: string;
  record: string;
  revision: number;
}

const RECORD_TYPES = { callSid: 'text', record: 'text', revision: 'bigint' } as const;

const writeRecords = forEachRow<WrittenRecord, UpdateResult>(RECORD_TYPES, (db, rows) =>
  rows
    .over(db.updateTable('calls'))
    .set({ record: rows.value('record'), revision: rows.value('revision') })
    .where(rows.among('call_sid', 'callSid'))
    .where('call_sid', '=', rows.value('callSid')),
);

interface LookedUp {
  endedRevision: number | null;
  agentId: string;
  outcome: string | null;
  recordingsMade: number;
  recordingsKept: number;
}

const writeLookedUp = forEachRow<WrittenRecord & LookedUp, UpdateResult>(
  {
    ...RECORD_TYPES,
    endedRevision: 'bigint',
    agentId: 'text',
    outcome: 'text',
    recordingsMade: 'bigint',
    recordingsKept: 'bigint',
  },
  (db, rows) =>
    rows
      .over(db.updateTable('calls'))
      .set({
        record: rows.value('record'),
        revision: rows.value('revision'),
        ended_revision: rows.value('endedRevision'),
        agent_id: rows.value('agentId'),
        outcome: rows.value('outcome'),
        recordings_made: rows.value('recordingsMade'),
        recordings_kept: rows.value('recordingsKept'),
      })
      .where(rows.among('call_sid', 'callSid'))
      .where('call_sid', '=', rows.value('callSid')),
);

interface Draft {
  call: KeptCall;
  base: CallBase;
  before: CallRecord;
  record: CallRecord;
}

async function draftAll(trx: Transaction<Database>, callSids: readonly string[]): Promise<Draft[]> {
  const calls = await callsOf(
    trx,
    callSids.map((callSid) => ({ callSid })),
  );
  const events = new Map(calls.map(({ call_sid }) => [call_sid, [] as CallEvent[]]));
  const rows = await eventsOf(
    trx,
    calls.map(({ call_sid }) => ({ callSid: call_sid })),
  );
  for (const { call_sid, event } of rows) events.get(call_sid)!.push(JSON.parse(event) as CallEvent);
  return calls.map((call) => {
    const base = JSON.parse(call.base) as CallBase;
    const before = JSON.parse(call.record) as CallRecord;
    return { call, base, before, record: callRecord(base, events.get(call.call_sid)!, wrapUpOf(call)) };
  });
}

/** Whether the limits have to hear of it: of most events they need not. */
function courseChanged({ before, record }: Draft): boolean {
  return before.status !== record.status || before.durationSeconds !== record.durationSeconds;
}

/** What stands of it in the logs: in whose, and when they are to call back. */
function viewsChanged({ base, before, record }: Draft): boolean {
  if (openCallBackOf(before) !== openCallBackOf(record)) return true;
  const viewers = viewersOf(base, record);
  const viewedBefore = viewersOf(base, before);
  return viewers.length !== viewedBefore.length || viewers.some((id) => !viewedBefore.includes(id));
}

const isCompleted = ({ status }: Recording) => status === 'completed';
const isDeleted = ({ status }: Recording) => status === 'deleted';
/** The carrier may have it: one of which it never told that it was finished, too. */
const isKept = ({ status }: Recording) => status === 'completed' || status === 'processing';

/** What of a record has columns of its own. */
function lookedUp({ agent, outcome, recordings }: CallRecord): Omit<LookedUp, 'endedRevision'> {
  const made = recordings.filter(isCompleted).length + recordings.filter(isDeleted).length;
  return { agentId: agent.id, outcome, recordingsMade: made, recordingsKept: recordings.filter(isKept).length };
}

/** The others' indexes need not be touched. */
async function write(trx: Kysely<Database>, drafts: readonly Draft[], first: number): Promise<void> {
  const records: WrittenRecord[] = [];
  const changed: (WrittenRecord & LookedUp)[] = [];
  for (const [index, { call, before, record }] of drafts.entries()) {
    const revision = first + index;
    const written = { callSid: call.call_sid, record: JSON.stringify(record), revision };
    const columns = lookedUp(record);
    if (call.revision !== 0 && isDeepStrictEqual(columns, lookedUp(before))) {
      records.push(written);
    } else {
      const endedRevision = call.ended_revision ?? (record.status === 'ended' ? revision : null);
      changed.push({ ...written, ...columns, endedRevision });
    }
  }
  await writeRecords(trx, records);
  await writeLookedUp(trx, changed);
}

function projectedOf({ call, base, record }: Draft, revision: number): ProjectedCall {
  const viewers = viewersOf(base, record);
  const ended = call.ended_revision === null && record.status === 'ended';
  const rung = call.ended_revision !== null ? [] : (base.rung ?? []).map((agent) => agent.id);
  return {
    change: { kind: 'call', revision, record, ...(ended && { ended: true }) },
    viewers,
    onlookers: rung.filter((agentId) => !viewers.includes(agentId)),
    base,
  };
}

/** The records as they are now, with revisions from `first` on, and what of them is told. */
async function keepDrafts(
  trx: Transaction<Database>,
  drafts: readonly Draft[],
  first: number,
  writeCrmEvents: WriteCrmEvents | undefined,
): Promise<ProjectedCall[]> {
  await write(trx, drafts, first);
  await noteCourses(
    trx,
    drafts.filter(courseChanged).map(({ record }) => record),
  );
  await writeCrmEvents?.(
    trx,
    // A row that was never projected is of a new call.
    drafts.map(({ call, before, record }) => ({ before: call.revision === 0 ? undefined : before, after: record })),
  );
  const moved = drafts.filter(viewsChanged);
  await setViewers(
    trx,
    moved.map(({ base, record }) => ({ record, viewers: viewersOf(base, record) })),
  );
  const projected = drafts.map((draft, index) => projectedOf(draft, first + index));
  const reached = drafts.filter(({ before, record }) => hasReached(before, record)).map(({ record }) => record);
  const calledBack = reached.length > 0 ? await closeCallBacks(trx, reached) : [];
  // Their revisions are greater than all of these: they are told after the last.
  if (calledBack.length > 0) projected.at(-1)!.besides = await projectAll(trx, calledBack, writeCrmEvents);
  return projected;
}

/**
 * Base, events and wrap-up of conversations → their records, written in the transaction that changed them and that has
 * the log to itself (lockLog). Those that are not known yet are left alone.
 */
export async function projectAll(
  trx: Transaction<Database>,
  callSids: readonly string[],
  writeCrmEvents?: WriteCrmEvents,
): Promise<Projected[]> {
  if (callSids.length === 0) return [];
  const drafts = await draftAll(trx, callSids);
  if (drafts.length === 0) return [];
  return keepDrafts(trx, drafts, await takeRevisions(trx, drafts.length), writeCrmEvents);
}

/** The same for one conversation that may have been opened just now. */
export async function project(
  trx: Transaction<Database>,
  callSid: string,
  writeCrmEvents?: WriteCrmEvents,
): Promise<ProjectedCall | undefined> {
  // Before anything is read: nobody else changes the log until this is committed.
  const revision = await takeRevisions(trx, 1);
  const [draft] = await draftAll(trx, [callSid]);
  if (!draft) return undefined;
  const { base, record } = draft;
  await addViewers(trx, [{ record, viewers: viewersOf(base, record) }]);
  await noteCourses(trx, [record]);
  const [projected] = await keepDrafts(trx, [draft], revision, writeCrmEvents);
  return projected;
}

/** As those hear of a call who do not see it any more. */
export function withoutWrapUp(change: CallChange): CallChange {
  const { callBack: _, ...record } = change.record;
  return { ...change, record: { ...record, recordings: [], note: null, disposition: null } };
}

/** Tells a change to everybody concerned, once it is on disk. */
export function publishChange(feed: Feed, { change, viewers, onlookers, besides = [] }: Projected): void {
  feed.publish('calls', change);
  for (const agentId of viewers) feed.publish(`calls-of:${agentId}`, change);
  const bare = withoutWrapUp(change);
  for (const agentId of onlookers) feed.publish(`calls-of:${agentId}`, bare);
  for (const other of besides) publishChange(feed, other);
}
