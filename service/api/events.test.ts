import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallRecord } from '../contract.ts';
import { CHILD, crmToken, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

async function listen(of: TestService, sub = 'mona') {
  const answer = await of.asAgent('/api/calls/events', { sub });
  assert.match(answer.headers.get('content-type')!, /^text\/event-stream/);
  assert.equal(answer.headers.get('x-accel-buffering'), 'no');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  return {
    /** All that was heard, once it contains `text` (or the stream has ended). */
    async until(text: string): Promise<string> {
      while (!heard.includes(text)) {
        const { done, value } = await reader.read();
        if (done) return heard;
        heard += value;
      }
      return heard;
    },
    stop: () => reader.cancel(),
  };
}

function ringing(of: TestService, sequenceNumber = 1) {
  return of.asCarrier('/api/calls/webhook/status', {
    CallSid: CHILD,
    ParentCallSid: PARENT,
    CallStatus: 'ringing',
    SequenceNumber: String(sequenceNumber),
  });
}

test('changes of a call are streamed to its agent, and to nobody else', async () => {
  const [mona, karim] = await Promise.all([listen(service, 'mona'), listen(service, 'karim')]);
  const { callId } = await placeCall(service);
  // A node that is slow to hear of both would tell of the call as it is then: once.
  await mona.until('"dialing"');
  await ringing(service);
  const all = await mona.until('"ringing"');
  assert.match(all, /^event: phone\ndata: null\n\n/m);
  const heard = all.replace('event: phone\ndata: null\n\n', '');
  const fields = (name: string) =>
    heard
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2));
  const records = fields('data').map((data) => JSON.parse(data) as CallRecord);
  assert.deepEqual(
    records.map((record) => [record.callId, record.status]),
    [
      [callId, 'dialing'],
      [callId, 'ringing'],
    ],
  );
  assert.deepEqual(fields('event'), ['call', 'call']);
  const [first, second] = fields('id').map(Number);
  assert.ok(second! > first!);
  await service.asCarrier('/api/calls/twiml/outbound', { CallSid: PARENT, From: 'client:karim', CallId: callId });
  assert.doesNotMatch(await karim.until('event: phone'), /event: call/);
  await Promise.all([mona.stop(), karim.stop()]);
});

test('a webhook delivered twice is news once', async () => {
  const own = await startTestService();
  await placeCall(own);
  const stream = await listen(own);
  await ringing(own);
  // Heard before it comes again: a node that is slow to hear of both, and of the end, would tell of the end alone.
  await stream.until('"ringing"');
  await ringing(own);
  await own.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
  const heard = await stream.until('"ended"');
  assert.equal(heard.match(/"status":"ringing"/g)?.length, 1);
  await stream.stop();
  await own.remove();
});

test('a quiet stream shows every 15 s that it lives, and ends when the service closes', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const own = await startTestService();
  const stream = await listen(own);
  await stream.until('connected');
  t.mock.timers.tick(15_000);
  assert.match(await stream.until('still here'), /: still here\n\n$/);
  await own.remove();
  assert.doesNotMatch(await stream.until('never sent'), /never/);
});

test('a stream ends when the token it was opened with is accepted no longer', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const now = Math.floor(Date.now() / 1000);
  let time = now * 1000;
  const own = await startTestService({}, { clock: () => new Date(time) });
  await placeCall(own);
  const pass = (ms: number) => {
    time += ms;
    t.mock.timers.tick(ms);
  };
  const headers = { authorization: `Bearer ${await crmToken({ issuedAt: now - 290, expiresAt: now + 10 })}` };
  const open = () => own.app.request('/api/calls/events', { headers });
  const stream = (await open()).body!.pipeThrough(new TextDecoderStream()).getReader();
  let opening = '';
  while (!opening.includes('event: phone')) opening += (await stream.read()).value!;
  assert.match(opening, /connected/);

  // 10 s of the token are left, and the minute that clocks may be apart.
  pass(69_999);
  await ringing(own);
  let heard = '';
  while (!heard.includes('"ringing"')) heard += (await stream.read()).value!;
  pass(1);
  assert.equal((await stream.read()).done, true);
  assert.equal((await open()).status, 401);
  await own.remove();
});

test('a reader that never reads is cut off, and holds up nobody', async () => {
  const own = await startTestService();
  await placeCall(own);
  const lazy = await own.asAgent('/api/calls/events');
  const keen = await listen(own);
  const last = 'id: 401\n';
  const heard = keen.until(last);
  for (let sequenceNumber = 0; sequenceNumber < 400; sequenceNumber += 1) await ringing(own, sequenceNumber);
  assert.ok((await heard).includes(last));
  const messages = (await lazy.text()).match(/^event: call$/gm)!.length;
  assert.ok(messages > 200 && messages < 300, String(messages));
  await keen.stop();
  await own.remove();
});
