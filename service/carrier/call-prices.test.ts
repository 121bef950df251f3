import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, test } from 'node:test';
import type { ErrorAnswer } from '../contract.ts';
import { callIn } from '../testing/inbound-call.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { CHILD, crmToken, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

const MINUTE_MS = 60_000;
const FORWARDED = { INBOUND_FALLBACK_NUMBER: '+201009999999', SPEND_LIMIT_DAY: '1.5' };
let carrier: RestStub;
let service: TestService;
let aheadMs: number;

beforeEach(async () => {
  aheadMs = 0;
  carrier = await startRestStub();
});
afterEach(async () => {
  await service.remove();
  await carrier.close();
});

function leg(sid: string, price: string | null, status = 'completed'): object {
  const parent = sid === PARENT ? null : PARENT;
  const times = { start_time: null, end_time: null, duration: '60' };
  return { sid, parent_call_sid: parent, to: '+201001234500', status, price, ...times };
}

function charges(ofParent: string | null, ...children: object[]): void {
  carrier.serve(`Calls/${PARENT}.json`, leg(PARENT, ofParent));
  carrier.serve(`Calls.json?ParentCallSid=${PARENT}&PageSize=100`, { calls: children });
}

/** A call of one minute, at a rate of one a minute. */
async function callOfAMinute(settings: Record<string, string>): Promise<void> {
  service = await startTestService(
    { TWILIO_API_BASE_URL: carrier.url, RECORD_CALLS: 'off', RATES: 'EG:1', ...settings },
    { clock: () => new Date(Date.now() + aheadMs), backgroundEveryMs: 5 },
  );
  await placeCall(service);
  const child = { CallSid: CHILD, ParentCallSid: PARENT };
  for (const [index, status] of ['ringing', 'in-progress', 'completed'].entries()) {
    const more = status === 'completed' ? { CallDuration: '60' } : {};
    const fields = { ...child, CallStatus: status, SequenceNumber: String(index + 1), ...more };
    await service.asCarrier('/api/calls/webhook/status', fields);
  }
}

/** Why another call is refused; undefined when it may be placed. */
async function refusal(): Promise<string | undefined> {
  const issuedAt = Math.floor((Date.now() + aheadMs) / 1000);
  const bearer = await crmToken({ issuedAt, expiresAt: issuedAt + 300 });
  const body = { callId: randomUUID(), to: '01001234501' };
  const answer = await service.asAgent('/api/calls', { method: 'POST', bearer, body });
  return answer.status === 201 ? undefined : ((await answer.json()) as ErrorAnswer).code;
}

/** Until the carrier has been asked so often for the parent leg. */
async function asked(times: number): Promise<void> {
  const isParent = ({ line }: { line: string }) => line === `GET Calls/${PARENT}.json`;
  while (carrier.requests.filter(isParent).length < times) await delay(5);
}

/** Until another call may be placed, while time goes on: what is asked again is due some minutes after the last answer. */
async function becomesAllowed(): Promise<void> {
  while ((await refusal()) !== undefined) {
    aheadMs += MINUTE_MS;
    await delay(20);
  }
}

test('what the carrier charges for all legs takes the place of the estimate', { timeout: 20_000 }, async () => {
  charges('-0.00400', leg(CHILD, null), leg(`CA${'d'.repeat(32)}`, null, 'busy'));
  await callOfAMinute({ SPEND_LIMIT_AGENT_DAY: '1.5' });
  assert.equal(await refusal(), 'spend-limit');
  aheadMs = 3 * MINUTE_MS;
  await delay(100);
  assert.equal(carrier.requests.length, 0, 'the carrier does not know so soon');
  aheadMs = 6 * MINUTE_MS;
  await asked(1);
  assert.equal(await refusal(), 'spend-limit');
  charges('-0.00400', leg(CHILD, '-0.03000'), leg(`CA${'d'.repeat(32)}`, null, 'busy'));
  await becomesAllowed();
  const requests = carrier.requests.length;
  aheadMs += 24 * 60 * MINUTE_MS;
  await delay(100);
  assert.equal(carrier.requests.length, requests, 'what is known is not asked for again');
});

test('the carrier that cannot be asked is asked again', { timeout: 20_000 }, async () => {
  carrier.answer(503);
  charges('-0.004', leg(CHILD, '-0.03'));
  await callOfAMinute({ SPEND_LIMIT_DAY: '1.5' });
  aheadMs = 6 * MINUTE_MS;
  await asked(1);
  assert.equal(await refusal(), 'spend-limit');
  carrier.answer(200);
  await becomesAllowed();
});

test('nobody asks where money has no limit', { timeout: 20_000 }, async () => {
  charges('-0.004', leg(CHILD, '-0.03'));
  await callOfAMinute({});
  for (const minutes of [3, 10, 60]) {
    aheadMs = minutes * MINUTE_MS;
    await delay(60);
  }
  assert.ok(!carrier.requests.some(({ line }) => line.includes('Calls.json')));
});

test('of a customer’s call that rang a telephone, too', { timeout: 20_000 }, async ({ signal }) => {
  charges('-0.00400', { ...leg(CHILD, '-0.03000'), to: '+201009999999' });
  service = await startTestService(
    { TWILIO_API_BASE_URL: carrier.url, RECORD_CALLS: 'off', RATES: 'EG:1', ...FORWARDED },
    { clock: () => new Date(Date.now() + aheadMs), backgroundEveryMs: 5 },
  );
  assert.match(await callIn(service, PARENT), /<Number/);
  const child = { CallSid: CHILD, ParentCallSid: PARENT, To: '+201009999999' };
  await service.asCarrier('/api/calls/webhook/status', { ...child, CallStatus: 'in-progress', SequenceNumber: '2' });
  const end = { ...child, CallStatus: 'completed', SequenceNumber: '3', CallDuration: '60' };
  await service.asCarrier('/api/calls/webhook/status', end);
  await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
  assert.equal(await refusal(), 'spend-limit');
  aheadMs = 6 * MINUTE_MS;
  while (!signal.aborted && (await refusal()) !== undefined) await delay(10);
});
