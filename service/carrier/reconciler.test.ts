import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import type { CallPage, CallRecord } from '../contract.ts';
import { callIn } from '../testing/inbound-call.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import {
  CHILD,
  crmToken,
  PARENT,
  placeCall,
  RECORDING,
  startTestService,
  type TestService,
} from '../testing/test-service.ts';

let carrier: RestStub;
let service: TestService;
let aheadMs: number;
let callId: string;

before(async () => (carrier = await startRestStub()));
after(() => carrier.close());
beforeEach(async () => {
  aheadMs = 0;
  carrier.answer(200);
  service = await startTestService(
    { TWILIO_API_BASE_URL: carrier.url },
    { clock: () => new Date(Date.now() + aheadMs), backgroundEveryMs: 5 },
  );
  ({ callId } = await placeCall(service));
});
afterEach(() => service.remove());

const rfc2822 = (time: number) => new Date(time).toUTCString().replace('GMT', '+0000');

function leg(sid: string, more: object = {}): object {
  return {
    sid,
    parent_call_sid: sid === CHILD ? PARENT : null,
    to: sid === PARENT ? '' : '+201001234500',
    status: 'completed',
    start_time: rfc2822(Date.now() + 10_000),
    end_time: rfc2822(Date.now() + 70_000),
    duration: '60',
    price: null,
    ...more,
  };
}

/** What the carrier knows, whatever it told. */
function knows(parent: object | undefined, children: object[], recordings: object[] = [], callSid = PARENT): void {
  if (parent) carrier.serve(`Calls/${callSid}.json`, parent);
  carrier.serve(`Calls.json?ParentCallSid=${callSid}&PageSize=100`, { calls: children });
  carrier.serve(`Calls/${callSid}/Recordings.json`, { recordings });
}

const recorded = { sid: RECORDING, status: 'completed', duration: '58', channels: 2, source: 'DialVerb' };

async function record(): Promise<CallRecord> {
  const issuedAt = Math.floor((Date.now() + aheadMs) / 1000);
  const bearer = await crmToken({ issuedAt, expiresAt: issuedAt + 300 });
  return (await (await service.asAgent(`/api/calls/${callId}`, { bearer })).json()) as CallRecord;
}

/** Waits for the record to be as wanted, which the reconciler makes it in rounds of milliseconds. */
async function becomes(is: (record: CallRecord) => boolean): Promise<CallRecord> {
  for (;;) {
    const now = await record();
    if (is(now)) return now;
    await delay(10);
  }
}

/** The same, while time goes on: a quarter of a minute at a time, since a round reads the clock more than once. */
async function becomesInTime(is: (record: CallRecord) => boolean): Promise<CallRecord> {
  for (;;) {
    const now = await record();
    if (is(now)) return now;
    aheadMs += 15_000;
    await delay(20);
  }
}

describe('a call of which the carrier told nothing', { timeout: 20_000 }, () => {
  test('is brought to what the carrier knows within three minutes, and then its recording', async () => {
    knows(leg(PARENT, { duration: '75' }), [leg(CHILD)], []);
    aheadMs = 155_000;
    const ended = await becomes(({ status }) => status === 'ended');
    assert.equal(ended.outcome, 'answered');
    assert.equal(ended.durationSeconds, 60);
    assert.equal(Date.parse(ended.endedAt!) - Date.parse(ended.answeredAt!), 60_000);
    knows(leg(PARENT), [leg(CHILD)], [recorded]);
    const whole = await becomesInTime(({ recordings }) => recordings.length > 0);
    assert.deepEqual(whole.recordings, [
      { recordingSid: RECORDING, status: 'completed', durationSeconds: 58, channels: 2 },
    ]);
  });

  test('nobody answered: the outcome is the carrier’s, and no recording is waited for', async () => {
    knows(leg(PARENT), [leg(CHILD, { status: 'no-answer', duration: '0' })]);
    aheadMs = 155_000;
    assert.equal((await becomes(({ status }) => status === 'ended')).outcome, 'no-answer');
    const asked = carrier.requests.length;
    aheadMs = 90_000_000;
    await delay(100);
    assert.equal(carrier.requests.length, asked);
  });

  test('goes on: it is asked about again, and not sooner than after two minutes', async () => {
    knows(leg(PARENT, { status: 'in-progress', end_time: null, duration: null }), [
      leg(CHILD, { status: 'in-progress', end_time: null, duration: null }),
    ]);
    aheadMs = 155_000;
    assert.equal((await becomes(({ status }) => status === 'open')).outcome, null);
    const asked = carrier.requests.length;
    aheadMs = 155_000 + 100_000;
    await delay(100);
    assert.equal(carrier.requests.length, asked);
    knows(leg(PARENT), [leg(CHILD)]);
    await becomesInTime(({ status }) => status === 'ended');
  });

  test('the carrier cannot be asked: the call stays as it is, and is asked about again', async () => {
    carrier.answer(503, 20503);
    aheadMs = 155_000;
    const before = carrier.requests.length;
    await carrier.request(before);
    assert.equal((await record()).status, 'dialing');
    carrier.answer(200);
    knows(leg(PARENT), [leg(CHILD)]);
    await becomesInTime(({ status }) => status === 'ended');
  });
});

describe('a call whose end was told', { timeout: 20_000 }, () => {
  const told = (fields: Record<string, string>) => service.asCarrier('/api/calls/webhook/status', fields);

  test('is not opened again by what the REST API still holds', async () => {
    knows(leg(PARENT, { status: 'in-progress' }), [leg(CHILD, { status: 'ringing' })]);
    const child = { CallSid: CHILD, ParentCallSid: PARENT, SequenceNumber: '3' };
    await told({ ...child, CallStatus: 'busy', SipResponseCode: '486' });
    const before = await record();
    aheadMs = 155_000;
    await delay(100);
    assert.deepEqual(await record(), before);
    assert.equal(before.outcome, 'busy');
  });
});

test('a row that the carrier does not know is closed, when no call lasts so long', { timeout: 20_000 }, async () => {
  carrier.answer(404, 20404);
  aheadMs = 155_000;
  await carrier.request(carrier.requests.length);
  assert.equal((await record()).status, 'dialing');
  aheadMs = 3_600_000 + 6 * 60_000;
  assert.equal((await becomesInTime(({ status }) => status === 'ended')).outcome, 'failed');
});

test('a conversation that the carrier does not know lasted no longer than one can, however late it is looked at', async () => {
  carrier.answer(404, 20404);
  const child = { CallSid: CHILD, ParentCallSid: PARENT, CallStatus: 'in-progress', SequenceNumber: '2' };
  await service.asCarrier('/api/calls/webhook/status', child);
  aheadMs = 3 * 86_400_000;
  const ended = await becomes(({ status }) => status === 'ended');
  assert.equal(ended.outcome, 'answered');
  assert.ok(ended.durationSeconds! <= 3600 + 300, `${ended.durationSeconds} s`);
});

describe('a customer whom nobody answers', { timeout: 20_000 }, () => {
  const CUSTOMER_LEG = `CA${'d'.repeat(32)}`;
  const MESSAGE = `RE${'e'.repeat(32)}`;
  const message = { sid: MESSAGE, status: 'completed', duration: '17', channels: 1, source: 'RecordVerb' };
  const kept = { recordingSid: MESSAGE, status: 'completed', durationSeconds: 17, channels: 1 };
  const ended = { CallSid: CUSTOMER_LEG, CallStatus: 'completed', CallDuration: '60' };
  const recording = { CallSid: CUSTOMER_LEG, RecordingSid: MESSAGE, RecordingSource: 'RecordVerb' };
  const completed = { RecordingStatus: 'completed', RecordingDuration: '17', RecordingChannels: '1' };
  const tell = async (path: string, fields: Record<string, string>) =>
    assert.equal((await service.asCarrier(`/api/calls/webhook/${path}`, fields)).status, 204);
  const leaves = (...recordings: object[]) => knows(leg(CUSTOMER_LEG), [], recordings, CUSTOMER_LEG);

  beforeEach(async () => {
    leaves();
    await callIn(service, CUSTOMER_LEG);
    const { calls } = (await (await service.asAgent('/api/calls?direction=incoming')).json()) as CallPage;
    callId = calls[0]!.callId;
  });

  test('leaves a message of which the carrier tells nothing: it is found, as if it had been told', async () => {
    leaves(message);
    aheadMs = 155_000;
    const found = await becomesInTime(({ recordings }) => recordings.length > 0);
    assert.deepEqual([found.status, found.outcome, found.recordings], ['ended', 'voicemail', [kept]]);
    // What is told after all, in whatever order, says nothing new.
    await tell('recording', { ...recording, ...completed });
    await tell('recording', { ...recording, RecordingStatus: 'in-progress' });
    assert.deepEqual(await record(), found);
  });

  test('leaves a message: of its callbacks only the end of the call arrives', async () => {
    await tell('status', ended);
    assert.equal((await record()).outcome, 'missed');
    leaves(message);
    const found = await becomesInTime(({ outcome }) => outcome === 'voicemail');
    assert.deepEqual(found.recordings, [kept]);
  });

  test('leaves a message that the carrier is still preparing: it is waited for', async () => {
    await tell('status', ended);
    leaves({ ...message, status: 'processing', duration: null });
    const found = await becomesInTime(({ outcome }) => outcome === 'voicemail');
    assert.deepEqual(found.recordings, [{ ...kept, status: 'processing', durationSeconds: null }]);
    leaves(message);
    assert.deepEqual((await becomesInTime(({ recordings }) => recordings[0]?.status === 'completed')).recordings, [
      kept,
    ]);
  });

  test('leaves none: the carrier is asked three times, and a message that is told later still counts', async () => {
    await tell('status', ended);
    const asked = () => carrier.requests.filter(({ line }) => line.endsWith(`${CUSTOMER_LEG}/Recordings.json`)).length;
    const before = asked();
    while (asked() < before + 3) {
      aheadMs += 15_000;
      await delay(20);
    }
    aheadMs += 90_000_000;
    await delay(100);
    assert.equal(asked(), before + 3);
    assert.deepEqual([(await record()).outcome, (await record()).recordings], ['missed', []]);
    await tell('recording', { ...recording, ...completed });
    assert.deepEqual([(await record()).outcome, (await record()).recordings], ['voicemail', [kept]]);
  });

  test('says nothing into the recording: no message, and nothing is waited for', async () => {
    await tell('status', ended);
    leaves({ ...message, status: 'absent', duration: null, error_code: 31_000 });
    const found = await becomesInTime(({ recordings }) => recordings.length > 0);
    assert.deepEqual([found.outcome, found.recordings[0]?.status], ['missed', 'absent']);
  });

  test('a conversation’s recording is no message', async () => {
    await tell('status', ended);
    leaves({ ...message, source: 'StartCallRecordingAPI' });
    const found = await becomesInTime(({ recordings }) => recordings.length > 0);
    assert.deepEqual([found.outcome, found.recordings], ['missed', [kept]]);
  });
});
