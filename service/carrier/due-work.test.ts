import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { endCalls } from '../api/end-calls.ts';
import type { CallControl, CallLog, Deadlines } from '../calls/ports.ts';
import { createLogger } from '../logger.ts';
import { createDeadlines } from '../storage/deadlines.ts';
import { emptyStore } from '../testing/empty-store.ts';
import { PARENT, RECORDING } from '../testing/test-service.ts';
import { dueWork } from './due-work.ts';

let deadlines: Deadlines;
let remove: () => Promise<void>;
let now: number;
let status: string;
/** What the carrier does when it is asked to end the call. */
let end: () => Promise<void>;
let asked: number;
let round: () => Promise<void>;
const clock = () => new Date(now);
const control = {
  async end() {
    asked += 1;
    await end();
    status = 'ended';
    return 'ended';
  },
  deleteRecording: () => Promise.reject(new Error('the carrier answered 500')),
} as unknown as CallControl;
const fails = () => Promise.reject(new Error('the carrier answered 500'));
/** As POST /back does. */
const comesBack = () => deadlines.drop('end-call', 'call mona');

beforeEach(async () => {
  const opened = await emptyStore();
  remove = opened.remove;
  deadlines = createDeadlines(opened.store);
  [now, status, asked, end] = [Date.now(), 'open', 0, () => Promise.resolve()];
  const log = {
    get: () => Promise.resolve({ status, direction: 'outgoing', agent: { id: 'mona', name: null } }),
    legOf: () => Promise.resolve(PARENT),
  } as unknown as CallLog;
  round = dueWork({ deadlines, log, control, clock, logger: createLogger('silent') });
});
afterEach(() => remove());

async function rounds(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await round();
    now += 60_000;
  }
}

const leaves = () => deadlines.set('end-call', { key: 'call mona', detail: 'mona', attempts: 0 }, clock());
const ordered = () => endCalls([{ callId: 'call', callSid: PARENT, agentId: 'mona' }], { control, deadlines, clock });

test('an agent who comes back while the carrier has trouble ending the call keeps it', async () => {
  await leaves();
  end = async () => {
    await comesBack();
    await fails();
  };
  await rounds(5);
  assert.equal(asked, 1);
});

test('a call that an admin has ended is no page’s to take back', async () => {
  end = fails;
  assert.equal(await ordered(), 1);
  await comesBack();
  end = () => Promise.resolve();
  await rounds(2);
  assert.deepEqual([status, asked], ['ended', 2]);
});

for (const [name, begin] of [
  ['whose page was left', leaves],
  ['that an admin has ended', ordered],
] as const) {
  test(`a call ${name} is ended however long the carrier cannot be reached, and then left alone`, async () => {
    end = fails;
    await begin();
    await rounds(30);
    assert.equal(status, 'open');
    end = () => Promise.resolve();
    await rounds(1);
    assert.equal(status, 'ended');
    const before = asked;
    await rounds(3);
    assert.equal(asked, before);
  });
}

test('the recording of a line check is deleted as every other is, which is never given up', async () => {
  await deadlines.set('delete-check', { key: PARENT, detail: RECORDING, attempts: 0 }, clock());
  await rounds(30);
  const [due, ...more] = await deadlines.claim('delete-recording', clock(), new Date(now + 60_000), 10);
  assert.deepEqual([due?.key, more], [RECORDING, []]);
});
