import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, beforeEach, test } from 'node:test';
import type { ErrorAnswer } from '../contract.ts';
import { createLogger } from '../logger.ts';
import { createService } from '../service.ts';
import { callIdIn, callIn, legStatus } from '../testing/inbound-call.ts';
import { reportPhone } from '../testing/phones.ts';
import { eventually } from '../testing/recorded-call.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let rest: RestStub;
let service: TestService;
let time = Date.now();
const clock = () => new Date(time);
const lines: string[] = [];
const logger = createLogger('warn', { destination: { write: (line: string) => lines.push(line) } });
let calls = 0;
const nextSid = () => `CA${(calls += 1).toString(16).padStart(32, '0')}`;

before(async () => {
  rest = await startRestStub();
  service = await startTestService({ TWILIO_API_BASE_URL: rest.url }, { clock, backgroundEveryMs: 10, logger });
});
after(async () => {
  await service.remove();
  await rest.close();
});
beforeEach(() => {
  rest.requests.length = 0;
  rest.answer(200);
});

const post = (callId: string, what: string, agent = {}) =>
  service.asAgent(`/api/calls/${callId}/${what}`, { method: 'POST', ...agent });
const over = (callSid: string) =>
  service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
/** Long enough for several rounds of the sweeper. */
const rounds = () => delay(80);

test('hang-up ends the conversation by its parent leg, with the API key', async () => {
  const callSid = nextSid();
  const { callId } = await placeCall(service, callSid);
  assert.equal((await post(callId, 'hangup')).status, 202);
  const { apiKey, apiSecret } = service.config;
  assert.deepEqual(rest.requests, [
    {
      line: `POST Calls/${callSid}.json Status=completed`,
      authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`,
    },
  ]);
});

test('a call that is over, here or at the carrier, is said to be', async () => {
  const callSid = nextSid();
  const { callId } = await placeCall(service, callSid);
  for (const [status, code] of [
    [404, 20404],
    [400, 21220],
  ] as const) {
    rest.answer(status, code);
    const answer = await post(callId, 'hangup');
    assert.deepEqual([answer.status, ((await answer.json()) as ErrorAnswer).code], [409, 'call-over']);
  }
  rest.answer(500);
  assert.equal((await post(callId, 'hangup')).status, 502);
  rest.answer(200);
  await over(callSid);
  const asked = rest.requests.length;
  for (const what of ['hangup', 'away']) assert.equal((await post(callId, what)).status, 409, what);
  assert.equal((await post(callId, 'back')).status, 204);
  assert.equal(rest.requests.length, asked);
});

test('nobody ends, leaves or takes back a colleague’s call', async () => {
  const { callId } = await placeCall(service, nextSid());
  for (const what of ['hangup', 'away', 'back']) {
    assert.equal((await post(callId, what, { sub: 'karim' })).status, 404, what);
    assert.equal((await post(randomUUID(), what)).status, 404, what);
  }
  assert.equal((await post(callId, 'hangup', { sub: 'boss', role: 'supervisor' })).status, 404);
  assert.equal((await post(callId, 'hangup', { bearer: 'none' })).status, 401);
  await post(callId, 'away', { sub: 'boss', role: 'supervisor' });
  time += 15_000;
  await rounds();
  assert.equal(rest.requests.length, 0);
});

test('a page that is left and does not come back within 15 s: its call is ended, once', async () => {
  const callSid = nextSid();
  const { callId } = await placeCall(service, callSid);
  const other = await createService(service.config, { clock, backgroundEveryMs: 10 });
  assert.equal((await post(callId, 'away')).status, 204);
  assert.equal((await post(callId, 'away')).status, 204);
  time += 14_999;
  await rounds();
  assert.equal(rest.requests.length, 0);
  time += 1;
  assert.equal((await rest.request(0)).line, `POST Calls/${callSid}.json Status=completed`);
  await rounds();
  assert.equal(rest.requests.length, 1);
  await other.close();
});

test('a page that comes back keeps its call', async () => {
  const { callId } = await placeCall(service, nextSid());
  await post(callId, 'away');
  time += 10_000;
  assert.equal((await post(callId, 'back')).status, 204);
  time += 10_000;
  await rounds();
  assert.equal(rest.requests.length, 0);
});

test('a carrier that cannot end it now is asked again', async () => {
  const callSid = nextSid();
  const { callId } = await placeCall(service, callSid);
  await post(callId, 'away');
  rest.answer(503);
  time += 15_000;
  await rest.request(0);
  // What is logged, not what is asked: only then the service knows when to ask again, and the clock stands still.
  await eventually(() => lines.some((line) => line.includes(callId) && line.includes('tried again')));
  await rounds();
  assert.equal(rest.requests.length, 1);
  rest.answer(200);
  time += 5_000;
  await rest.request(1);
  await rounds();
  assert.equal(rest.requests.length, 2);
});

test('a call that ended by itself is not ended again', async () => {
  const callSid = nextSid();
  const { callId } = await placeCall(service, callSid);
  await post(callId, 'away');
  await over(callSid);
  time += 15_000;
  await rounds();
  assert.equal(rest.requests.length, 0);
});

test('of an incoming call, only who took it can end it: not one whose phone rings, nor by leaving', async () => {
  await reportPhone(service, { sub: 'mona' });
  await reportPhone(service, { sub: 'karim' });
  const callSid = nextSid();
  const callId = callIdIn(await callIn(service, callSid));
  for (const sub of ['mona', 'karim']) {
    assert.equal((await post(callId, 'hangup', { sub })).status, 404);
    assert.equal((await post(callId, 'away', { sub })).status, 204);
  }
  await legStatus(service, callSid, 'karim', 'in-progress');
  assert.equal((await post(callId, 'back', { sub: 'karim' })).status, 204);
  time += 15_000;
  await rounds();
  assert.equal(rest.requests.length, 0);
  assert.equal((await post(callId, 'hangup', { sub: 'mona' })).status, 404);
  assert.equal((await post(callId, 'hangup', { sub: 'karim' })).status, 202);
  assert.equal(rest.requests[0]!.line, `POST Calls/${callSid}.json Status=completed`);
});
