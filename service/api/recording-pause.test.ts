import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { AuditPage } from '../admin-contract.ts';
import type { CallRecord, ErrorAnswer } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { callIdIn, callIn, legStatus } from '../testing/inbound-call.ts';
import { newSid } from '../testing/outgoing-calls.ts';
import { reportPhone } from '../testing/phones.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import {
  placeCall,
  RECORDING,
  startTestService,
  type AgentRequest,
  type TestService,
} from '../testing/test-service.ts';

let rest: RestStub;
let service: TestService;
let time = Date.now();

before(async () => {
  rest = await startRestStub();
  service = await startTestService({ TWILIO_API_BASE_URL: rest.url }, { clock: () => new Date(time) });
});
after(async () => {
  await service.remove();
  await rest.close();
});
beforeEach(() => {
  rest.requests.length = 0;
  rest.answer(200);
});

const BOSS = { sub: 'boss', role: 'supervisor' };

async function pause(callId: string, paused: unknown, agent: AgentRequest = {}): Promise<Response> {
  time += 1000;
  return service.asAgent(`/api/calls/${callId}/recording`, { method: 'POST', body: { paused }, ...agent });
}

async function refusal(answer: Promise<Response>): Promise<[number, string]> {
  const refused = await answer;
  return [refused.status, ((await refused.json()) as ErrorAnswer).code];
}

const child = (callSid: string, status: string) =>
  service.asCarrier('/api/calls/webhook/status', {
    CallSid: `CA${callSid.slice(2).split('').toReversed().join('')}`,
    ParentCallSid: callSid,
    CallStatus: status,
  });

const recording = (callSid: string, status: string, recordingSid = RECORDING) =>
  service.asCarrier('/api/calls/webhook/recording', {
    CallSid: callSid,
    RecordingSid: recordingSid,
    RecordingStatus: status,
  });

/** A conversation that is recorded, as the carrier has said. */
async function talk(): Promise<{ callId: string; callSid: string }> {
  const callSid = newSid();
  const { callId } = await placeCall(service, callSid);
  await child(callSid, 'in-progress');
  await recording(callSid, 'in-progress');
  return { callId, callSid };
}

async function recordNow(callId: string): Promise<CallRecord> {
  return (await service.asAgent(`/api/calls/${callId}`)).json() as Promise<CallRecord>;
}

async function deeds(callId: string): Promise<[string, string][]> {
  const { entries } = (await (await service.asAgent(`/api/calls/${callId}/audit`, BOSS)).json()) as AuditPage;
  return entries.map(({ agent, action }) => [agent.id, action]);
}

test('pausing asks the carrier for silence in the recording of the parent leg, and resuming for sound', async () => {
  const { callId, callSid } = await talk();
  const paused = await pause(callId, true);
  assert.equal(paused.status, 200);
  assert.equal(((await paused.json()) as CallRecord).recordingPaused, true);
  assert.equal((await recordNow(callId)).recordingPaused, true);
  const resumed = await pause(callId, false);
  assert.equal('recordingPaused' in ((await resumed.json()) as CallRecord), false);
  const path = `POST Calls/${callSid}/Recordings/${RECORDING}.json`;
  assert.deepEqual(
    rest.requests.map(({ line }) => line),
    [`${path} Status=paused&PauseBehavior=silence`, `${path} Status=in-progress`],
  );
  assert.deepEqual(await deeds(callId), [
    ['mona', 'recording-resumed'],
    ['mona', 'recording-paused'],
  ]);
});

test('the agent’s other pages and supervisors hear of it', async () => {
  const { callId } = await talk();
  const readers = await Promise.all([hearEvents(service), hearEvents(service, BOSS)]);
  await pause(callId, true);
  for (const reader of readers) {
    const isPaused = (data: unknown) => (data as CallRecord | null)?.recordingPaused === true;
    const { data } = await reader.find(({ event, data }) => event === 'call' && isPaused(data));
    assert.equal((data as CallRecord).callId, callId);
    await reader.stop();
  }
});

test('supervisors and admins pause it, too; nobody else does', async () => {
  const { callId } = await talk();
  assert.deepEqual(await refusal(pause(callId, true, { sub: 'karim' })), [404, 'not-found']);
  assert.deepEqual(await refusal(pause(callId, true, { bearer: 'none' })), [401, 'unauthenticated']);
  assert.equal(rest.requests.length, 0);
  assert.equal((await pause(callId, true, BOSS)).status, 200);
  assert.equal((await pause(callId, false, { sub: 'amina', role: 'admin' })).status, 200);
  assert.deepEqual(await deeds(callId), [
    ['amina', 'recording-resumed'],
    ['boss', 'recording-paused'],
  ]);
});

test('before the carrier has named the recording, and where it named several, the one that runs is meant', async () => {
  const callSid = newSid();
  const { callId } = await placeCall(service, callSid);
  await child(callSid, 'in-progress');
  const current = `POST Calls/${callSid}/Recordings/Twilio.CURRENT.json Status=in-progress`;
  await pause(callId, false);
  await recording(callSid, 'in-progress');
  await recording(callSid, 'in-progress', `RE${'d'.repeat(32)}`);
  await pause(callId, false);
  await recording(callSid, 'completed');
  await pause(callId, false);
  assert.deepEqual(
    rest.requests.map(({ line }) => line),
    [current, current, current.replace('Twilio.CURRENT', `RE${'d'.repeat(32)}`)],
  );
});

test('a call that is not open, or is over, is not paused', async () => {
  const callSid = newSid();
  const { callId } = await placeCall(service, callSid);
  assert.deepEqual(await refusal(pause(callId, true)), [409, 'recording-not-running']);
  await child(callSid, 'in-progress');
  assert.deepEqual(await refusal(pause(callId, 'yes')), [400, 'invalid-request']);
  assert.equal(rest.requests.length, 0);
  await pause(callId, true);
  await child(callSid, 'completed');
  assert.equal('recordingPaused' in (await recordNow(callId)), false);
  assert.deepEqual(await refusal(pause(callId, true)), [409, 'call-over']);
  assert.equal(rest.requests.length, 1);
});

test('of a call that is not recorded there is nothing to pause', async () => {
  const other = await startTestService({ TWILIO_API_BASE_URL: rest.url, RECORD_CALLS: 'off' });
  const { callId } = await placeCall(other);
  const asked = other.asAgent(`/api/calls/${callId}/recording`, { method: 'POST', body: { paused: true } });
  assert.deepEqual(await refusal(asked), [422, 'not-recorded']);
  assert.equal(rest.requests.length, 0);
  await other.remove();
});

test('what the carrier has not done is said, and neither log nor audit holds it', async () => {
  const { callId } = await talk();
  for (const [status, code] of [
    [404, 20404],
    [400, 21220],
  ] as const) {
    rest.answer(status, code);
    assert.deepEqual(await refusal(pause(callId, true)), [409, 'recording-not-running']);
  }
  rest.answer(500);
  assert.deepEqual(await refusal(pause(callId, true)), [502, 'carrier-unreachable']);
  assert.equal('recordingPaused' in (await recordNow(callId)), false);
  assert.deepEqual(await deeds(callId), []);
});

test('an incoming call: by whoever took it, not by whose phone rang besides', async () => {
  for (const sub of ['mona', 'karim']) await reportPhone(service, { sub });
  const callSid = newSid();
  const callId = callIdIn(await callIn(service, callSid));
  assert.deepEqual(await refusal(pause(callId, true, { sub: 'karim' })), [404, 'not-found']);
  await legStatus(service, callSid, 'karim', 'in-progress');
  assert.deepEqual(await refusal(pause(callId, true, { sub: 'mona' })), [404, 'not-found']);
  assert.equal((await pause(callId, true, { sub: 'karim' })).status, 200);
  assert.match(rest.requests[0]!.line, new RegExp(`^POST Calls/${callSid}/Recordings/`));
});

test('what is done last counts, whatever the clocks of the nodes say', async () => {
  const { callId } = await talk();
  for (const [paused, aheadMs] of [
    [true, 60_000],
    [false, -50_000],
    [true, -50_000],
  ] as const) {
    time += aheadMs;
    const answer = await pause(callId, paused);
    assert.equal(((await answer.json()) as CallRecord).recordingPaused, paused || undefined);
  }
  assert.equal((await deeds(callId)).length, 3);
});
