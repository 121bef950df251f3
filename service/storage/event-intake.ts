import type { Transaction } from 'kysely';
import { eventKey, parentSidOf, type CallEvent } from '../calls/call-event.ts';
import type { Feed } from '../calls/ports.ts';
import { ServiceError } from '../errors.ts';
import { projectAll, publishChange, type Projected } from './call-projection.ts';
import type { WriteCrmEvents } from './crm-outbox.ts';
import { forEachRow } from './for-each-row.ts';
import { lockLog } from './log-revision.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

export interface EventIntakeOptions {
  /** Told of an event that says something else than the one that is kept under its key, once for each delivery. */
  onConflict?: (event: CallEvent) => void;
  /** Absent: the CRM is told nothing. */
  writeCrmEvents?: WriteCrmEvents | undefined;
}

interface Arrived {
  /** The event's place: its call and its key there. */
  id: string;
  key: string;
  callSid: string;
  event: CallEvent;
  /** JSON of the event. */
  text: string;
  receivedAt: string;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface Kept {
  projected: Projected[];
  conflicts: CallEvent[];
}

/** Events that are stored together at most, and how many wait at most. */
const MOST_TOGETHER = 256;
const MOST_WAITING = 4096;

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

/**
 * Takes in events: those that arrive together are inserted together, and each of their calls is projected once. An
 * event is on disk, and its call's record with it, when the promise resolves; the first of a key is the one that stays.
 */
export function createEventIntake(
  { write }: Pick<Store, 'write'>,
  feed: Feed,
  { onConflict, writeCrmEvents }: EventIntakeOptions = {},
): (event: CallEvent, receivedAt: string) => Promise<void> {
  let waiting: Arrived[] = [];
  let asked = false;

  async function keep(trx: Transaction<Database>, batch: readonly Arrived[]): Promise<Kept> {
    await lockLog(trx);
    const first = new Map<string, Arrived>();
    for (const arrived of batch) if (!first.has(arrived.id)) first.set(arrived.id, arrived);
    const rowOf = ({ callSid, key, text, receivedAt }: Arrived) => ({
      call_sid: callSid,
      key,
      event: text,
      received_at: receivedAt,
    });
    const places = await insertEvents(trx, [...first.values()].map(rowOf));
    const inserted = new Set(places.map(idOf));
    const callSids = [...new Set(places.map(({ call_sid }) => call_sid))].sort();
    const projected = await projectAll(trx, callSids, writeCrmEvents);

    const again = batch.filter((arrived) => !inserted.has(arrived.id) || first.get(arrived.id) !== arrived);
    if (again.length === 0) return { projected, conflicts: [] };
    const kept = new Map((await eventsAt(trx, again.map(rowOf))).map((row) => [idOf(row), row.event]));
    const differs = ({ id, text }: Arrived) => {
      const before = kept.get(id);
      return before !== undefined && before !== text && saying(before) !== saying(text);
    };
    return { projected, conflicts: again.filter(differs).map(({ event }) => event) };
  }

  function done(batch: readonly Arrived[], { projected, conflicts }: Kept): void {
    for (const change of projected) publishChange(feed, change);
    for (const event of conflicts) onConflict?.(event);
    for (const { resolve } of batch) resolve();
  }

  /** One after the other, so that what is wrong with one of them fails no other. */
  async function oneByOne(batch: readonly Arrived[]): Promise<void> {
    for (const arrived of batch) {
      try {
        done([arrived], await write((trx) => keep(trx, [arrived])));
      } catch (error) {
        arrived.reject(error);
      }
    }
  }

  async function takeIn(): Promise<void> {
    let batch: Arrived[] | undefined;
    const take = () => {
      const taken = waiting.splice(0, MOST_TOGETHER);
      asked = false;
      if (waiting.length > 0) ask();
      return taken;
    };
    try {
      // Taken when the transaction begins: until then, more may arrive. A repeat is about the same ones.
      const kept = await write((trx) => keep(trx, (batch ??= take())));
      done(batch ?? [], kept);
    } catch (error) {
      batch ??= take();
      const [first] = batch;
      if (batch.length > 1 && !(error instanceof ServiceError)) await oneByOne(batch);
      else if (first) for (const { reject } of batch) reject(error);
    }
  }

  function ask(): void {
    if (asked) return;
    asked = true;
    void takeIn();
  }

  return (event, receivedAt) => {
    if (waiting.length >= MOST_WAITING) {
      return Promise.reject(
        new ServiceError('service-busy', 'Too many events are waiting to be stored: send it again.'),
      );
    }
    return new Promise((resolve, reject) => {
      const [callSid, key] = [parentSidOf(event), eventKey(event)];
      const id = idOf({ call_sid: callSid, key });
      waiting.push({ id, key, callSid, event, text: JSON.stringify(event), receivedAt, resolve, reject });
      ask();
    });
  };
}
