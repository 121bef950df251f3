import type { Kysely, Transaction } from 'kysely';
import type { CallEvent } from '../calls/call-event.ts';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import { reversedDigits } from '../calls/call-search.ts';
import { foldName } from '../calls/folded-name.ts';
import type { CallChange, Feed } from '../calls/ports.ts';
import { viewersOf } from '../calls/visibility.ts';
import type { CallRecord } from '../contract.ts';
import { takeRevisions } from './log-revision.ts';
import { noteCourse } from './placed-calls.ts';
import type { Database } from './schema.ts';

/** A change and whom it is told to. */
export interface Projected {
  change: CallChange;
  viewers: string[];
  /** Whose phones rang for the call, and who do not see it any more: they hear that it was taken and that it is over. */
  onlookers: string[];
}

async function setViewers(trx: Kysely<Database>, record: CallRecord, viewers: string[]): Promise<void> {
  const { callId, createdAt } = record;
  await trx.deleteFrom('call_agents').where('call_id', '=', callId).where('agent_id', 'not in', viewers).execute();
  await trx
    .insertInto('call_agents')
    .values(viewers.map((agent_id) => ({ agent_id, created_at: createdAt, call_id: callId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Base, events and wrap-up of one conversation → its record, written in the transaction that changed them. */
export async function project(trx: Transaction<Database>, callSid: string): Promise<Projected | undefined> {
  // Before anything is read: nobody else changes the log until this is committed.
  const revision = await takeRevisions(trx, 1);
  const call = await trx
    .selectFrom('calls')
    .select(['base', 'note', 'disposition', 'ended_revision'])
    .where('call_sid', '=', callSid)
    .executeTakeFirst();
  if (!call) return undefined;
  const base = JSON.parse(call.base) as CallBase;
  const events = await trx.selectFrom('call_events').select('event').where('call_sid', '=', callSid).execute();
  const record = callRecord(
    base,
    events.map(({ event }) => JSON.parse(event) as CallEvent),
    call,
  );
  await trx
    .updateTable('calls')
    .set({
      record: JSON.stringify(record),
      revision,
      ended_revision: call.ended_revision ?? (record.status === 'ended' ? revision : null),
      agent_id: record.agent.id,
      direction: record.direction,
      outcome: record.outcome,
      number_reversed: reversedDigits(record.customer.number),
      name_folded: foldName(record.customer.name ?? ''),
      recordings_made: record.recordings.filter(({ status }) => status === 'completed' || status === 'deleted').length,
      recordings_kept: record.recordings.filter(({ status }) => status === 'completed').length,
    })
    .where('call_sid', '=', callSid)
    .execute();
  await noteCourse(trx, record);
  const viewers = viewersOf(base, record);
  await setViewers(trx, record, viewers);
  const rung = call.ended_revision !== null ? [] : (base.rung ?? []).map((agent) => agent.id);
  return {
    change: { kind: 'call', revision, record },
    viewers,
    onlookers: rung.filter((agentId) => !viewers.includes(agentId)),
  };
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
