/** Which calls that come in are ours, and where none of them is sent on to. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { KnownNumbers } from '../calls/dial-gate.ts';
import { reportPhone } from '../testing/phones.ts';
import { newSid } from '../testing/outgoing-calls.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const OURS = '+20224610000';
const SECOND = '+20224610001';
const STRANGE = '+20224619999';
const FALLBACK = '+201009999999';

let service: TestService;
afterEach(() => service.remove());

/** What the carrier says of the account's numbers; `asked` holds those that were expected among them. */
async function start(
  known: string[] | undefined,
  settings: Record<string, string> = {},
): Promise<(string | undefined)[]> {
  const asked: (string | undefined)[] = [];
  const numbers: KnownNumbers | undefined = known && { incoming: new Set(known), callerIds: new Set(known) };
  const accountNumbers = {
    known: (expected?: string) => {
      asked.push(expected);
      return Promise.resolve(numbers);
    },
  };
  service = await startTestService(settings, { accountNumbers });
  await reportPhone(service, { sub: 'mona' });
  return asked;
}

async function callIn(to: string): Promise<string> {
  const fields = { CallSid: newSid(), From: '+201001234500', To: to };
  const answer = await service.asCarrier('/api/calls/twiml/inbound', fields);
  assert.equal(answer.status, 200);
  return answer.text();
}

const rings = (twiml: string) => twiml.includes('<Client');

test('a call for no number of the account is hung up, and leaves no row', async () => {
  const asked = await start([OURS, SECOND]);
  for (const to of [STRANGE, '', 'sip:mona@elsewhere.example']) {
    assert.match(await callIn(to), /<Response><Hangup\/><\/Response>/, to);
  }
  assert.ok(asked.includes(STRANGE));
  const page = (await (await service.asAgent('/api/calls', { role: 'supervisor' })).json()) as { calls: unknown[] };
  assert.equal(page.calls.length, 0);
  assert.ok(rings(await callIn(OURS)));
  assert.ok(rings(await callIn(SECOND)));
});

test('while the carrier has not said which numbers there are, its word for the called one is taken', async () => {
  await start(undefined);
  assert.ok(rings(await callIn(STRANGE)));
});

/** Nobody answers: what is tried next. */
async function unanswered(): Promise<string> {
  const fields = { CallSid: newSid(), From: '+201001234500', To: OURS };
  await service.asCarrier('/api/calls/twiml/inbound', fields);
  const result = { ...fields, DialCallStatus: 'no-answer', CallStatus: 'ringing' };
  return (await service.asCarrier('/api/calls/twiml/inbound-result?after=agents', result)).text();
}

test('a fallback number that is the account’s own is not rung: the customer may leave a message', async () => {
  await start([OURS, SECOND], { INBOUND_FALLBACK_NUMBER: SECOND });
  const next = await unanswered();
  assert.doesNotMatch(next, /<Number/);
  assert.match(next, /<Record/);
});

test('any other fallback number is rung', async () => {
  await start([OURS, SECOND], { INBOUND_FALLBACK_NUMBER: FALLBACK });
  assert.match(await unanswered(), new RegExp(`<Number [^>]*>\\${FALLBACK}</Number>`));
});
