import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { CALL_OUTCOMES } from '../contract.ts';
import { callIn } from '../testing/inbound-call.ts';
import { PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
let callId: string;
before(async () => {
  service = await startTestService();
  ({ callId } = await placeCall(service));
  await callIn(service, `CA${'5'.repeat(32)}`);
});
after(() => service.remove());

const text = fc.string({ unit: 'binary', maxLength: 50 });
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

test('whatever an agent sends to log, notes and phone, nothing is answered with 500', async () => {
  const query = fc.record({
    search: perhaps(fc.oneof(text, fc.stringMatching(/^[%_\\'0-9٠-٩ +-]{0,12}$/))),
    agent: perhaps(text),
    outcome: perhaps(fc.oneof(fc.constantFrom(...CALL_OUTCOMES), text)),
    from: perhaps(
      fc.oneof(
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        text,
      ),
    ),
    limit: perhaps(fc.oneof(fc.nat(120).map(String), text)),
  });
  const patch = fc.record({
    note: fc.oneof(text, fc.constant(null)),
    disposition: perhaps(fc.oneof(text, fc.constant('sale'))),
  });
  const report = fc.record({
    holder: fc.oneof(fc.uuid(), text),
    place: fc.constantFrom('page', 'window', 'roof'),
    available: fc.boolean(),
    state: fc.oneof(fc.dictionary(text, fc.jsonValue()), fc.constant(null), text),
  });
  const command = fc.record({
    holder: fc.uuid(),
    id: fc.uuid(),
    method: fc.oneof(text, fc.constant('dial')),
    args: fc.array(fc.jsonValue(), { maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(query, patch, report, command, fc.constantFrom('mona', 'boss'), async (q, p, r, c, sub) => {
      const agent = { sub, role: sub === 'boss' ? 'supervisor' : 'agent' };
      const given = Object.entries(q).filter(([, value]) => value !== undefined) as [string, string][];
      const answers = await Promise.all([
        service.asAgent(`/api/calls?${new URLSearchParams(given).toString()}`, agent),
        service.asAgent(`/api/calls/${callId}`, { ...agent, method: 'PATCH', body: p }),
        service.asAgent('/api/calls/phone', { ...agent, method: 'PUT', body: r }),
        service.asAgent('/api/calls/phone/commands', { ...agent, method: 'POST', body: c }),
        service.app.request(`/phone?lang=${encodeURIComponent((p.note ?? '').toWellFormed())}`),
      ]);
      for (const answer of answers) assert.ok(answer.status < 500, `${answer.url} ${answer.status}`);
      const record = await service.asAgent(`/api/calls/${callId}`, agent);
      assert.equal(record.status, 200);
      await record.json();
    }),
    { numRuns: 150 },
  );
});

test('whatever a number sends, signed, is not answered with 500', async () => {
  const fields = fc.record({
    CallSid: fc.oneof(fc.constant(PARENT), fc.constant(`CA${'5'.repeat(32)}`), text),
    From: text,
    To: text,
    DialCallStatus: fc.oneof(fc.constantFrom('no-answer', 'completed', 'busy'), text),
    RecordingUrl: text,
    RecordingSid: text,
    Check: fc.constantFrom('echo', ''),
    CallStatus: fc.constantFrom('completed', 'in-progress', ''),
  });
  const paths = [
    'inbound',
    'outbound',
    'check-playback',
    'inbound-result?after=agents',
    'inbound-result?after=voicemail',
  ];
  await fc.assert(
    fc.asyncProperty(fields, fc.constantFrom(...paths), async (values, path) => {
      // As a form carries it: halves of characters do not come through.
      const sent = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.toWellFormed()]));
      const answer = await service.asCarrier(`/api/calls/twiml/${path}`, sent);
      assert.ok(answer.status < 500, `${path} ${answer.status}`);
    }),
    { numRuns: 300 },
  );
});

test('without a token, nothing of it is answered', async () => {
  const asks: [string, string][] = [
    ['PUT', '/phone'],
    ['DELETE', `/phone?holder=${randomUUID()}`],
    ['POST', '/phone/commands'],
    ['POST', '/phone/session'],
    ['GET', '/settings'],
    ['PATCH', `/${callId}`],
    ['POST', `/${callId}/hangup`],
    ['POST', `/${callId}/away`],
    ['POST', `/${callId}/back`],
  ];
  for (const [method, path] of asks) {
    assert.equal((await service.app.request(`/api/calls${path}`, { method })).status, 401, path);
  }
});
