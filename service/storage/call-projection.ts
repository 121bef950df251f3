import type { Kysely, Transaction, UpdateResult } from 'kysely';
import type { CallEvent } from '../calls/call-event.ts';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import type { CallChange, Feed } from '../calls/ports.ts';
import { viewersOf } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { insertViews, viewsOf } from './call-viewers.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { takeRevisions } from './log-revision.ts';
import { noteCourses } from './placed-calls.ts';
import { prepared, preparedForRows } from './prepared.ts';
import type { Database } from './schema.ts';

/** A change and whom it is told to. */
export interface Projected {
  change: CallChange;
  viewers: string[];
  /** Whose phones rang for the call, and who do not see it any more: they hear that it was taken and that it is over. */
  onlookers: string[];
}

interface ProjectedCall extends Projected {
  base: CallBase;
}

async function setViewers(trx: Kysely<Database>, record: CallRecord, viewers: string[]): Promise<void> {
  await trx
    .deleteFrom('call_agents')
    .where('call_id', '=', record.callId)
    .where('agent_id', 'not in', viewers)
    .execute();
  await insertViews(trx, viewsOf(record, viewers));
}

interface KeptCall {
  call_sid: string;
  base: string;
  record: string;
  note: string | null;
  disposition: string | null;
  revision: number;
  ended_revision: number | null;
}

const callsOf = preparedForRows<{ callSid: string }, KeptCall>((db, rows) =>
  db
    .selectFrom('calls')
    .select(['call_sid', 'base', 'record', 'note', 'disposition', 'revision', 'ended_revision'])
    .where(
      'call_sid',
      'in',
      rows.map(({ callSid }) => callSid),
    ),
);

const eventsOf = preparedForRows<{ callSid: string }, { call_sid: string; event: string }>((db, rows) =>
  db
    .selectFrom('call_events')
    .select(['call_sid', 'event'])
    .where(
      'call_sid',
      'in',
      rows.map(({ callSid }) => callSid),
    ),
);

const writeRecord = prepared<
  {
    callSid: string;
    record: string;
    revision: number;
    endedRevision: number | null;
    agentId: string;
    outcome: string | null;
    recordingsMade: number;
    recordingsKept: number;
  },
  UpdateResult
>((db, place) =>
  db
    .updateTable('calls')
    .set({
      record: place('record'),
      revision: place('revision'),
      ended_revision: place('endedRevision'),
      agent_id: place('agentId'),
      outcome: place('outcome'),
      recordings_made: place('recordingsMade'),
      recordings_kept: place('recordingsKept'),
    })
    .where('call_sid', '=', place('callSid')),
);

interface Drafted {
  call: KeptCall;
  base: CallBase;
  record: CallRecord;
  text: string;
}

async function draftAll(trx: Transaction<Database>, callSids: readonly string[]): Promise<Drafted[]> {
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
    const record = callRecord(base, events.get(call.call_sid)!, call);
    return { call, base, record, text: JSON.stringify(record) };
  });
}

/** Whether the limits have to hear of it: of most events they need not. */
function courseChanged(before: CallRecord, record: CallRecord): boolean {
  return before.status !== record.status || before.durationSeconds !== record.durationSeconds;
}

/** The record of a call as it is now, and what of it is told. */
async function keepDraft(
  trx: Transaction<Database>,
  { call, base, record, text }: Drafted,
  revision: number,
  writeCrmEvents: WriteCrmEvents | undefined,
): Promise<ProjectedCall> {
  await writeRecord(trx, {
    callSid: call.call_sid,
    record: text,
    revision,
    endedRevision: call.ended_revision ?? (record.status === 'ended' ? revision : null),
    agentId: record.agent.id,
    outcome: record.outcome,
    recordingsMade: record.recordings.filter(({ status }) => status === 'completed' || status === 'deleted').length,
    recordingsKept: record.recordings.filter(({ status }) => status === 'completed').length,
  });
  const ended = call.ended_revision === null && record.status === 'ended';
  const before = JSON.parse(call.record) as CallRecord;
  if (courseChanged(before, record)) await noteCourses(trx, [record]);
  // A row that was never projected is of a new call.
  await writeCrmEvents?.(trx, call.revision === 0 ? undefined : before, record);
  const viewers = viewersOf(base, record);
  const viewedBefore = viewersOf(base, before);
  if (viewers.length !== viewedBefore.length || viewers.some((id) => !viewedBefore.includes(id))) {
    await setViewers(trx, record, viewers);
  }
  const rung = call.ended_revision !== null ? [] : (base.rung ?? []).map((agent) => agent.id);
  return {
    change: { kind: 'call', revision, record, ...(ended && { ended: true }) },
    viewers,
    onlookers: rung.filter((agentId) => !viewers.includes(agentId)),
    base,
  };
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
  const revision = await takeRevisions(trx, drafts.length);
  const projected: Projected[] = [];
  for (const [index, draft] of drafts.entries()) {
    projected.push(await keepDraft(trx, draft, revision + index, writeCrmEvents));
  }
  return projected;
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
  await insertViews(trx, viewsOf(draft.record, viewersOf(draft.base, draft.record)));
  await noteCourses(trx, [draft.record]);
  return keepDraft(trx, draft, revision, writeCrmEvents);
}

/** As those hear of a call who do not see it any more. */
export function withoutWrapUp(change: CallChange): CallChange {
  return { ...change, record: { ...change.record, recordings: [], note: null, disposition: null } };
}

/** Tells a change to everybody concerned, once it is on disk. */
export function publishChange(feed: Feed, { change, viewers, onlookers }: Projected): void {
  feed.publish('calls', change);
  for (const agentId of viewers) feed.publish(`calls-of:${agentId}`, change);
  const bare = withoutWrapUp(change);
  for (const agentId of onlookers) feed.publish(`calls-of:${agentId}`, bare);
}
