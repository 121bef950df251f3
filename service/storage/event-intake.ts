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

const insertEvents = forEachRow<{ key: string; callSid: string; event: string; receivedAt: string }, { key: string }>(
  { key: 'text', callSid: 'text', event: 'text', receivedAt: 'text' },
  (db, rows) =>
    db
      .insertInto('call_events')
      .columns(['key', 'call_sid', 'event', 'received_at'])
      .expression(rows.select('key', 'callSid', 'event', 'receivedAt'))
      .onConflict((conflict) => conflict.column('key').doNothing())
      .returning('key'),
);

const eventsOfKeys = forEachRow<{ key: string }, { key: string; event: string }>({ key: 'text' }, (db, rows) =>
  db.selectFrom('call_events').select(['key', 'event']).where(rows.among('key', 'key')),
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
    for (const arrived of batch) if (!first.has(arrived.key)) first.set(arrived.key, arrived);
    const rows = [...first.values()].map(({ key, callSid, text, receivedAt }) => ({
      key,
      callSid,
      event: text,
      receivedAt,
    }));
    const inserted = new Set((await insertEvents(trx, rows)).map(({ key }) => key));
    const callSids = [
      ...new Set([...first.values()].filter(({ key }) => inserted.has(key)).map((a) => a.callSid)),
    ].sort();
    const projected = await projectAll(trx, callSids, writeCrmEvents);

    const again = batch.filter((arrived) => !inserted.has(arrived.key) || first.get(arrived.key) !== arrived);
    if (again.length === 0) return { projected, conflicts: [] };
    const keys = [...new Set(again.map(({ key }) => key))].map((key) => ({ key }));
    const kept = new Map((await eventsOfKeys(trx, keys)).map(({ key, event }) => [key, event]));
    const differs = ({ key, text }: Arrived) => {
      const before = kept.get(key);
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
      const text = JSON.stringify(event);
      waiting.push({ key: eventKey(event), callSid: parentSidOf(event), event, text, receivedAt, resolve, reject });
      ask();
    });
  };
}
