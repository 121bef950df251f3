import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { AuditNote } from '../calls/audit.ts';
import type { CallEvent, LegStatusEvent, RecordingEvent } from '../calls/call-event.ts';
import { callRecord, type CallBase } from '../calls/call-record.ts';
import type { CallChange, Feed } from '../calls/ports.ts';
import type { ServiceError } from '../errors.ts';
import { createCallLog } from './call-log.ts';
import { createEventIntake } from './event-intake.ts';
import { createFeed } from './feed.ts';
import { openStore, type Store } from './store.ts';

const NOW = '2026-11-23T10:00:40.000Z';
const parentOf = (index: number) => `CA${index.toString(16).padStart(32, '0')}`;

let directory: string;
let store: Store;
let feed: Feed;
let changes: CallChange[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-intake-'));
  store = await openStore(`sqlite:${join(directory, 'calls.db')}`);
  feed = createFeed(() => {});
  changes = [];
  feed.subscribe('calls', (news) => void changes.push(news as CallChange));
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

function baseOf(index: number): CallBase {
  return {
    callId: `019a0000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
    direction: 'outgoing',
    agent: { id: 'mona', name: 'Mona' },
    customer: { number: '+201001234500', name: null },
    callerId: '+20224610000',
    createdAt: '2026-11-23T10:00:00.000Z',
  };
}

function leg(
  index: number,
  status: string,
  sequenceNumber: number,
  more: Partial<LegStatusEvent> = {},
): LegStatusEvent {
  return {
    kind: 'leg-status',
    callSid: parentOf(index + 0x1000),
    parentCallSid: parentOf(index),
    status,
    sequenceNumber,
    firedAt: `2026-11-23T10:00:0${sequenceNumber}.000Z`,
    callDuration: null,
    sipResponseCode: null,
    ...more,
  };
}

function recorded(index: number, status: RecordingEvent['status']): RecordingEvent {
  return {
    kind: 'recording',
    callSid: parentOf(index),
    recordingSid: `RE${index.toString(16).padStart(32, '0')}`,
    status,
    durationSeconds: status === 'completed' ? 20 : null,
    channels: 2,
    firedAt: NOW,
  };
}

const story = (index: number): CallEvent[] => [
  leg(index, 'initiated', 0),
  leg(index, 'ringing', 1),
  leg(index, 'in-progress', 2),
  leg(index, 'completed', 3, { callDuration: 21 }),
  recorded(index, 'in-progress'),
  recorded(index, 'completed'),
];

async function keptEvents(): Promise<number> {
  return (await store.db.selectFrom('call_events').select('key').execute()).length;
}

test('events of many calls that arrive together: one projection and one news for each call, and each record is true', async () => {
  const log = createCallLog(store, feed);
  // More rows than any one of the compiled sizes.
  const calls = Array.from({ length: 40 }, (_, index) => index);
  for (const index of calls) await log.open(parentOf(index), baseOf(index));
  changes = [];
  const events = calls.flatMap(story).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? 1 : -1));
  await Promise.all(events.map((event) => log.append(event, NOW)));
  assert.equal(await keptEvents(), 240);
  assert.equal(changes.length, 40);
  for (const index of calls) {
    const record = await log.get(baseOf(index).callId, 'everybody');
    assert.deepEqual(record, callRecord(baseOf(index), story(index)));
  }
  const revisions = changes.map(({ revision }) => revision);
  assert.equal(new Set(revisions).size, 40);
});

test('events before their call is known wait for it, and the order of everything says nothing', async () => {
  const log = createCallLog(store, feed);
  await Promise.all(story(1).map((event) => log.append(event, NOW)));
  assert.deepEqual(changes, []);
  await log.open(parentOf(1), baseOf(1));
  assert.deepEqual(await log.get(baseOf(1).callId, 'everybody'), callRecord(baseOf(1), story(1)));
});

test('an event is kept with the note of who did it, or neither is', async () => {
  const log = createCallLog(store, feed);
  await log.open(parentOf(1), baseOf(1));
  await log.append(leg(1, 'in-progress', 2), NOW);
  const pause: CallEvent = { kind: 'recording-pause', callSid: parentOf(1), paused: true, firedAt: NOW };
  const note = { agentId: 'mona', role: 'agent', requestId: '7', at: NOW, subject: baseOf(1).callId } as const;
  // A database refuses a note that does not say what was done.
  const nameless = { ...note, action: undefined } as unknown as AuditNote;
  await assert.rejects(log.append(pause, NOW, nameless));
  assert.equal(await keptEvents(), 1);
  await log.append(pause, NOW, { ...note, action: 'recording-paused' });
  assert.equal(await keptEvents(), 2);
  const notes = await store.db.selectFrom('audit').select(['agent_id', 'action']).execute();
  assert.deepEqual(
    notes.map(({ agent_id, action }) => [agent_id, action]),
    [['mona', 'recording-paused']],
  );
  assert.equal((await log.get(baseOf(1).callId, 'everybody'))?.recordingPaused, true);
});

test('a repeat changes nothing and is no news; one that says something else is told as a conflict', async () => {
  const conflicts: CallEvent[] = [];
  const log = createCallLog(store, feed, { onConflict: (event) => conflicts.push(event) });
  await log.open(parentOf(1), baseOf(1));
  for (const event of story(1)) await log.append(event, NOW);
  const before = await log.get(baseOf(1).callId, 'everybody');
  changes = [];
  const later = '2026-11-23T10:59:00.000Z';
  await Promise.all(story(1).map((event) => log.append(event, NOW)));
  await log.append({ ...leg(1, 'completed', 3, { callDuration: 21 }), firedAt: later }, later);
  assert.deepEqual(conflicts, []);

  const otherwise = leg(1, 'completed', 3, { callDuration: 99 });
  await log.append(otherwise, later);
  assert.deepEqual(conflicts, [otherwise]);
  assert.deepEqual(changes, []);
  // Both in one batch, and neither kept before.
  const [first, second] = [leg(1, 'queued', 4), leg(1, 'queued', 4, { sipResponseCode: 500 })];
  await Promise.all([log.append(first, NOW), log.append(second, NOW)]);
  assert.deepEqual(conflicts, [otherwise, second]);
  assert.equal(changes.length, 1);
  assert.deepEqual(await log.get(baseOf(1).callId, 'everybody'), before);
});

test('one call that cannot be read fails its own events, and no other', async () => {
  const log = createCallLog(store, feed);
  await log.open(parentOf(1), baseOf(1));
  await log.open(parentOf(2), baseOf(2));
  await store.db.updateTable('calls').set({ base: 'damaged' }).where('call_sid', '=', parentOf(1)).execute();
  const results = await Promise.allSettled([
    log.append(leg(1, 'ringing', 1), NOW),
    log.append(leg(2, 'ringing', 1), NOW),
    log.append(leg(3, 'ringing', 1), NOW),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled'],
  );
  assert.equal((await log.get(baseOf(2).callId, 'everybody'))?.status, 'ringing');
});

test('news is told after the commit, and not at all when that fails', async () => {
  const told: string[] = [];
  const intake = (fails: boolean) =>
    createEventIntake(
      {
        write: async (work) => {
          const value = await store.write(work);
          told.push('commit');
          if (fails) throw Object.assign(new Error('the commit failed'), { code: 'service-busy' });
          return value;
        },
      },
      { ...feed, publish: () => void told.push('news') },
    );
  const log = createCallLog(store, feed);
  await log.open(parentOf(1), baseOf(1));
  await assert.rejects(intake(true)(leg(1, 'ringing', 1), NOW));
  assert.deepEqual(told, ['commit']);
  await intake(false)(leg(1, 'in-progress', 2), NOW);
  assert.deepEqual(told.slice(0, 3), ['commit', 'commit', 'news']);
});

test('a database that never answers: so many events wait, and one more is refused at once', async () => {
  const append = createEventIntake({ write: () => new Promise(() => {}) }, feed);
  for (let index = 0; index < 4096; index += 1) void append(leg(1, 'ringing', index), NOW);
  await assert.rejects(append(leg(1, 'ringing', 5000), NOW), (error: ServiceError) => error.code === 'service-busy');
});
