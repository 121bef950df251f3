import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CallPage, CallRecord } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { PARENT, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

test('a call that is refused when the carrier asks is told to its agent with the reason, and stands in the log', async () => {
  const callId = randomUUID();
  const body = { callId, to: '01001234500', customerName: 'أحمد' };
  assert.equal((await service.asAgent('/api/calls', { method: 'POST', body })).status, 201);
  // Between the two questions, an admin has stopped the agent.
  const block = { method: 'PUT', role: 'admin', sub: 'boss', body: { reason: 'left us' } };
  assert.equal((await service.asAgent('/api/calls/blocked-agents/mona', block)).status, 200);
  const stream = await hearEvents(service);
  const ask = async () => {
    const fields = { CallSid: PARENT, From: 'client:mona', CallId: callId, Direction: 'inbound', To: '' };
    return (await service.asCarrier('/api/calls/twiml/outbound', fields)).text();
  };
  const twiml = await ask();
  assert.match(twiml, /<Say/);
  assert.doesNotMatch(twiml, /<Dial|agent-blocked/);
  const heard = (await stream.find(({ event }) => event === 'call')).data as CallRecord;
  assert.deepEqual(
    [heard.callId, heard.status, heard.outcome, heard.refusal, heard.durationSeconds, heard.consent],
    [callId, 'ended', 'failed', 'agent-blocked', 0, undefined],
  );
  // What becomes of the agent's leg, which heard our words, changes nothing; nor does the same question.
  const over = { CallSid: PARENT, CallStatus: 'completed', CallDuration: '6', SequenceNumber: '1' };
  await service.asCarrier('/api/calls/webhook/status', over);
  assert.equal(await ask(), twiml);
  const kept = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
  assert.deepEqual(kept, heard);
  const failed = (await (await service.asAgent('/api/calls?outcome=failed')).json()) as CallPage;
  assert.deepEqual(failed.calls, [heard], 'it is over, and found as what became of it');
  await stream.stop();
});
