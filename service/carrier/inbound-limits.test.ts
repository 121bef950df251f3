/** What a customer's call costs that rings the fallback number, and what stands against it. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { callIn, CUSTOMER } from '../testing/inbound-call.ts';
import { askToCall, mobile, newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const FALLBACK = '+201009999999';

let service: TestService;
afterEach(() => service.remove());

/** Nobody's phone is there: the fallback number is tried at once. */
async function start(settings: Record<string, string>): Promise<void> {
  service = await startTestService({ INBOUND_FALLBACK_NUMBER: FALLBACK, RATES: 'EG:1', ...settings });
}

const rings = (twiml: string) => twiml.includes(`>${FALLBACK}</Number>`);
const longest = (twiml: string) => Number(/timeLimit="(\d+)"/.exec(twiml)?.[1]);

/** The telephone has been answered, and the conversation is over. */
async function end(callSid: string, seconds: number): Promise<void> {
  const customer = { CallSid: callSid, From: CUSTOMER, To: '+20224610000' };
  const dialed = {
    ...customer,
    DialCallStatus: 'completed',
    DialCallDuration: String(seconds),
    CallStatus: 'in-progress',
  };
  await service.asCarrier('/api/calls/twiml/inbound-result?after=number', dialed);
  await service.asCarrier('/api/calls/webhook/status', { ...customer, CallStatus: 'completed' });
}

test('it counts with all that it may cost until it ends, then with what it lasted; then agents have the rest', async () => {
  await start({ SPEND_LIMIT_DAY: '8', CALLS_AT_ONCE: '4' });
  const callSid = newSid();
  const twiml = await callIn(service, callSid);
  assert.ok(rings(twiml));
  assert.equal(longest(twiml), 120, 'a quarter of the budget');
  assert.equal(await callIn(service, callSid), twiml, 'asked again, the same');

  const second = await callIn(service, newSid());
  assert.equal(longest(second), 120, 'a third of the six that are left');
  await end(callSid, 300);
  // Five minutes are spent, two are held by the second call: one is left.
  const { callId, status } = await askToCall(service, mobile(1));
  assert.equal(status, 201);
  assert.equal(longest(await twimlOf(service, callId)), 60);
  assert.equal((await askToCall(service, mobile(2), 'karim')).code, 'spend-limit');

  const last = await callIn(service, newSid());
  assert.ok(!rings(last));
  assert.match(last, /<Record/);
});

test('where there is no voicemail either, the customer hears that nobody can take the call', async () => {
  await start({ SPEND_LIMIT_DAY: '0.5', INBOUND_VOICEMAIL: 'off' });
  const twiml = await callIn(service, newSid());
  assert.match(twiml, /<Say.*<Hangup\/>/);
  assert.doesNotMatch(twiml, /<Dial|<Record/);
});

test('all calls that the account may have open count, and no limit of agents or of calls to one number', async () => {
  await start({
    CALLS_AT_ONCE: '7',
    CALLS_AT_ONCE_AGENT: '1',
    CALLS_PER_MINUTE_AGENT: '1',
    CALLS_PER_HOUR_AGENT: '1',
    CALLS_PER_DAY_AGENT: '1',
    CALLS_PER_HOUR_NUMBER: '1',
    SPEND_LIMIT_AGENT_DAY: '1',
  });
  const callSids = Array.from({ length: 7 }, newSid);
  for (const callSid of callSids) assert.ok(rings(await callIn(service, callSid)));
  assert.ok(!rings(await callIn(service, newSid())));
  assert.equal((await askToCall(service, mobile(1))).code, 'calls-at-once');
  await end(callSids[0]!, 30);
  assert.equal(
    (await askToCall(service, FALLBACK)).status,
    201,
    'the telephone was called by customers, not by agents',
  );
});

test('while outgoing calls are stopped, no telephone is rung for a customer', async () => {
  await start({});
  const admin = { role: 'admin', method: 'PUT', body: { reason: 'fraud' } };
  assert.equal((await service.asAgent('/api/calls/outgoing-stop', admin)).status, 200);
  const twiml = await callIn(service, newSid());
  assert.ok(!rings(twiml));
  assert.match(twiml, /<Record/);
});
