import type { Transaction } from 'kysely';
import type { AuditNote } from '../calls/audit.ts';
import { eventKey, parentSidOf, type CallEvent } from '../calls/call-event.ts';
import type { CallLog, Feed } from '../calls/ports.ts';
import { writeAudit } from './audit.ts';
import { projectAll, publishChange, type Projected } from './call-projection.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { forEachRow } from './for-each-row.ts';
import { lockLog } from './log-revision.ts';
import { datePauses } from './pause-order.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';
import { together } from './together.ts';

export interface EventIntakeOptions {
  /** Told of an event that says something else than the one that is kept under its key, once for each delivery. */
  onConflict?: (event: CallEvent) => void;
  /** Absent: the CRM is told nothing. */
  writeCrmEvents?: WriteCrmEvents | undefined;
}

interface Given {
  event: CallEvent;
  receivedAt: string;
  note: AuditNote | undefined;
}

interface Arrived extends Given {
  /** The event's place: its call and its key there. */
  id: string;
  key: string;
  callSid: string;
  /** JSON of the event. */
  text: string;
}

interface Kept {
  /** Of the first of those stored together: what is told of all their calls. */
  projected: readonly Projected[];
  conflict: CallEvent | undefined;
}

/** What an event says, apart from its time: where the carrier names none, that is the time of receipt. */
function saying(text: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as CallEvent), firedAt: '' });
}

interface Place {
  call_sid: string;
  key: string;
}

const idOf = ({ call_sid, key }: Place) => `${call_sid} ${key}`;

const insertEvents = forEachRow<Place & { event: string; received_at: string }, Place>(
  { call_sid: 'text', key: 'text', event: 'text', received_at: 'text' },
  (db, rows) =>
    db
      .insertInto('call_events')
      .columns(['call_sid', 'key', 'event', 'received_at'])
      .expression(rows.select('call_sid', 'key', 'event', 'received_at'))
      .onConflict((conflict) => conflict.columns(['call_sid', 'key']).doNothing())
      .returning(['call_sid', 'key']),
);

/** The events at these places, and perhaps others of their calls. */
const eventsAt = forEachRow<Place, Place & { event: string }>({ call_sid: 'text', key: 'text' }, (db, rows) =>
  db
    .selectFrom('call_events')
    .select(['call_sid', 'key', 'event'])
    .where(rows.among('call_sid', 'call_sid'))
    .where(rows.among('key', 'key')),
);

function arrivedAs(event: CallEvent, given: Given): Arrived {
  const [callSid, key] = [parentSidOf(event), eventKey(event)];
  return { ...given, event, id: idOf({ call_sid: callSid, key }), key, callSid, text: JSON.stringify(event) };
}

const rowOf = ({ callSid, key, text, receivedAt }: Arrived) => ({
  call_sid: callSid,
  key,
  event: text,
  received_at: receivedAt,
});

/** Those of them that say something else than what is kept under their key. */
async function conflictsAmong(trx: Transaction<Database>, again: readonly Arrived[]): Promise<Arrived[]> {
  const kept = new Map((await eventsAt(trx, again.map(rowOf))).map((row) => [idOf(row), row.event]));
  return again.filter(({ id, text }) => {
    const before = kept.get(id);
    return before !== undefined && before !== text && saying(before) !== saying(text);
  });
}

/**
 * Takes in events: those that arrive together are inserted together, and each of their calls is projected once. An
 * event is on disk, its call's record and its note with it, when the promise resolves; the first of a key is the one that stays.
 */
export function createEventIntake(
  { write }: Pick<Store, 'write'>,
  feed: Feed,
  { onConflict, writeCrmEvents }: EventIntakeOptions = {},
): CallLog['append'] {
  async function keep(trx: Transaction<Database>, given: readonly Given[]): Promise<Kept[]> {
    await lockLog(trx);
    const events = await datePauses(
      trx,
      given.map(({ event }) => event),
    );
    const batch = events.map((event, index) => arrivedAs(event, given[index]!));
    const first = new Map<string, Arrived>();
    for (const arrived of batch) if (!first.has(arrived.id)) first.set(arrived.id, arrived);
    const places = await insertEvents(trx, [...first.values()].map(rowOf));
    for (const { note } of batch) if (note) await writeAudit(trx, note);
    const inserted = new Set(places.map(idOf));
    const callSids = [...new Set(places.map(({ call_sid }) => call_sid))].sort();
    const projected = await projectAll(trx, callSids, writeCrmEvents);

    const again = batch.filter((arrived) => !inserted.has(arrived.id) || first.get(arrived.id) !== arrived);
    const conflicts = new Set(again.length === 0 ? [] : await conflictsAmong(trx, again));
    return batch.map((arrived, index) => ({
      projected: index === 0 ? projected : [],
      conflict: conflicts.has(arrived) ? arrived.event : undefined,
    }));
  }

  function onCommitted(outcomes: readonly Kept[]): void {
    for (const { projected, conflict } of outcomes) {
      for (const change of projected) publishChange(feed, change);
      if (conflict) onConflict?.(conflict);
    }
  }

  const take = together<Given, Kept>(write, keep, { onCommitted });

  return async (event, receivedAt, note) => {
    await take({ event, receivedAt, note });
  };
}
