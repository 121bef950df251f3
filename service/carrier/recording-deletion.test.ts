import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { silentMetrics } from '../calls/metrics.ts';
import type { CallControl, CallLog, Deadlines } from '../calls/ports.ts';
import type { RecordingCopies } from '../calls/recordings.ts';
import { createLogger } from '../logger.ts';
import { createAudit } from '../storage/audit.ts';
import { createCallLog } from '../storage/call-log.ts';
import { createDeadlines } from '../storage/deadlines.ts';
import { createFeed } from '../storage/feed.ts';
import { createInstallation } from '../storage/installation.ts';
import { createRecordingShelf } from '../storage/recording-shelf.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { PARENT, RECORDING } from '../testing/test-service.ts';
import { recordingCopying } from './recording-copying.ts';
import { deleteRecording, recordingUpkeep } from './recording-upkeep.ts';

/** What else happens in the moment in which a node does something, or that the node dies in it. */
type Moment = () => Promise<unknown>;
const dies: Moment = () => Promise.reject(new Error('this node is gone'));

let now: number;
let carrier: Set<string>;
let copied: Set<string>;
let log: CallLog;
let deadlines: Deadlines;
let upkeep: () => Promise<void>;
let copying: (deadlines: Deadlines) => Promise<void>;
let atDeletion: Moment | undefined;
let remove: () => Promise<void>;

beforeEach(async () => {
  const opened = await emptyStore();
  const { store } = opened;
  remove = opened.remove;
  [now, carrier, copied, atDeletion] = [Date.now(), new Set([RECORDING]), new Set(), undefined];
  log = createCallLog(store, createFeed(assert.ifError));
  deadlines = createDeadlines(store);
  const control = {
    async deleteRecording(recordingSid: string) {
      await atDeletion?.();
      carrier.delete(recordingSid);
      return 'deleted';
    },
  } as CallControl;
  const copies: RecordingCopies = {
    async keep(recordingSid, audio) {
      for await (const _ of audio);
      copied.add(recordingSid);
    },
    open: () => Promise.resolve(undefined),
    remove: (recordingSid) => Promise.resolve(void copied.delete(recordingSid)),
  };
  const options = {
    log,
    deadlines,
    control,
    copies,
    audit: createAudit(store),
    shelf: createRecordingShelf(store),
    installation: createInstallation(store),
    media: { open: () => Promise.resolve(new Response('sound', { headers: { 'content-length': '5' } })) },
    metrics: silentMetrics,
    clock: () => new Date(now),
    logger: createLogger('silent'),
    retentionDays: undefined,
    deleteAtCarrier: true,
    encryption: { isEncrypted: () => Promise.resolve(false), surelyIsEncrypted: () => Promise.resolve(false) },
    closing: new AbortController().signal,
  };
  upkeep = recordingUpkeep(options);
  copying = (own) => recordingCopying({ ...options, deadlines: own })();
  await log.open(PARENT, {
    callId: '019a0000-0000-7000-8000-000000000000',
    direction: 'outgoing',
    agent: { id: 'mona', name: null },
    customer: { number: '+201001234500', name: null },
    callerId: '+20224610000',
    createdAt: new Date(now).toISOString(),
  });
  const at = new Date(now).toISOString();
  const made = {
    kind: 'recording',
    callSid: PARENT,
    recordingSid: RECORDING,
    durationSeconds: 5,
    channels: 2,
  } as const;
  await log.append({ ...made, status: 'completed', firedAt: at }, at);
});
afterEach(() => remove());

const deletes = (changes: Partial<{ log: CallLog; deadlines: Deadlines }> = {}) =>
  deleteRecording({ log, deadlines, clock: () => new Date(now), ...changes }, PARENT, RECORDING);
const statusNow = async () => (await log.recordOf(PARENT))!.recordings[0]!.status;

/** Rounds, until nothing more can come up. */
async function allRounds(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await upkeep();
    now += 120_000;
  }
}

for (const [step, changes] of [
  ['what is to be done', () => ({ deadlines: { ...deadlines, set: dies } as Deadlines })],
  ['that it was deleted', () => ({ log: { ...log, append: dies } as CallLog })],
] as const) {
  test(`a node dies as it notes ${step}: the log and the carrier agree all the same`, async () => {
    copied.add(RECORDING);
    await assert.rejects(deletes(changes()));
    await allRounds();
    const isThere = (await statusNow()) === 'completed';
    assert.deepEqual([carrier.has(RECORDING), copied.has(RECORDING)], [isThere, isThere]);
  });
}

test('deleted everywhere while the carrier refuses to give up its own copy: the other goes, too', async () => {
  await copying(deadlines);
  assert.ok(copied.has(RECORDING));
  atDeletion = async () => {
    atDeletion = undefined;
    await deletes();
    throw new Error('the carrier has trouble');
  };
  await allRounds();
  assert.equal(await statusNow(), 'deleted');
  assert.deepEqual([carrier.size, copied.size], [0, 0]);
});

test('deleted in the moment in which its copy is finished: the copy goes, too', async () => {
  const meanwhile = (kind: string) => (kind === 'delete-recording' ? deletes() : undefined);
  await copying({
    ...deadlines,
    set: async (kind, ...rest) => {
      await meanwhile(kind);
      return deadlines.set(kind, ...rest);
    },
    add: async (kind, ...rest) => {
      await meanwhile(kind);
      return deadlines.add(kind, ...rest);
    },
  });
  await allRounds();
  assert.equal(await statusNow(), 'deleted');
  assert.deepEqual([carrier.size, copied.size], [0, 0]);
});

test('a copy that a node had finished when it died, and that was deleted since, does not stay', async () => {
  await deadlines.set('copy-recording', { key: RECORDING, detail: PARENT, attempts: 0 }, new Date(now));
  await deletes();
  await allRounds();
  copied.add(RECORDING);
  await copying(deadlines);
  assert.deepEqual([await statusNow(), copied.size], ['deleted', 0]);
});
