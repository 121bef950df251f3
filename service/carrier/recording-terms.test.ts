import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { CallRecord } from '../contract.ts';
import { callIn } from '../testing/inbound-call.ts';
import { reportPhone } from '../testing/phones.ts';
import { PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

async function withService(settings: Record<string, string>, work: (service: TestService) => Promise<void>) {
  const service = await startTestService(settings);
  try {
    await work(service);
  } finally {
    await service.remove();
  }
}

async function recordOf(service: TestService, callId: string) {
  return (await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
}

async function consent(service: TestService, callId: string) {
  return (await recordOf(service, callId)).consent;
}

test('the customer hears that the call is recorded, in both languages, before the agent does', () =>
  withService({}, async (service) => {
    const { twiml, callId } = await placeCall(service);
    assert.match(twiml, /<Number [^>]*url="https:\/\/dialer\.example\.com\/api\/calls\/twiml\/announcement#/);
    assert.match(twiml, /record="record-from-answer-dual"/);
    const heard = await (await service.asCarrier('/api/calls/twiml/announcement', { CallSid: PARENT })).text();
    assert.match(
      heard,
      /<Response><Say language="ar-AE">هذه المكالمة مسجلة[^<]*<\/Say><Say language="en-US">This call is recorded/,
    );
    assert.doesNotMatch(heard, /Dial/);
    assert.equal(await consent(service, callId), 'announced');
  }));

test('a customer who calls hears it first of all, once', () =>
  withService({ INBOUND_FALLBACK_NUMBER: '+201001234599' }, async (service) => {
    await reportPhone(service);
    const ringing = await callIn(service, PARENT);
    assert.match(ringing, /<Response><Say language="ar-AE">هذه المكالمة مسجلة[^<]*<\/Say><Say[^>]*>[^<]*<\/Say><Dial/);
    const result = { CallSid: PARENT, DialCallStatus: 'no-answer', CallStatus: 'in-progress' };
    const next = await (await service.asCarrier('/api/calls/twiml/inbound-result?after=agents', result)).text();
    assert.match(next, /<Response><Dial/);
  }));

test('a text of one’s own; a language left out', () =>
  withService(
    { RECORDING_ANNOUNCEMENT_AR: 'المكالمة بتتسجل & محفوظة', RECORDING_ANNOUNCEMENT_EN: '-' },
    async (service) => {
      const heard = await (await service.asCarrier('/api/calls/twiml/announcement', { CallSid: PARENT })).text();
      assert.match(heard, /<Response><Say language="ar-AE">المكالمة بتتسجل &amp; محفوظة<\/Say><\/Response>/);
    },
  ));

test('recorded without a word, when that is wanted', () =>
  withService({ RECORDING_ANNOUNCEMENT: 'off' }, async (service) => {
    const { twiml, callId } = await placeCall(service);
    assert.doesNotMatch(twiml, /announcement/);
    assert.match(twiml, /record="record-from-answer-dual"/);
    assert.equal(await consent(service, callId), 'not-announced');
  }));

test('not recorded: nothing is said and nothing asked for', () =>
  withService({ RECORD_CALLS: 'off' }, async (service) => {
    const { twiml, callId } = await placeCall(service);
    assert.doesNotMatch(twiml, /announcement|record=|recordingStatusCallback/);
    assert.equal(await consent(service, callId), undefined);
    await reportPhone(service);
    assert.doesNotMatch(await callIn(service, `CA${'d'.repeat(32)}`), /Say|record=/);
  }));

for (const [direction, other] of [
  ['outgoing', 'incoming'],
  ['incoming', 'outgoing'],
] as const) {
  test(`RECORD_CALLS=${direction}: nothing of ${other} calls`, () =>
    withService({ RECORD_CALLS: direction, INBOUND_FALLBACK_NUMBER: '+201001234599' }, async (service) => {
      const { twiml, callId } = await placeCall(service);
      assert.equal(/record=/.test(twiml), direction === 'outgoing');
      assert.equal(/announcement/.test(twiml), direction === 'outgoing');
      assert.equal(await consent(service, callId), direction === 'outgoing' ? 'announced' : undefined);
      await reportPhone(service);
      const heard = await callIn(service, `CA${'d'.repeat(32)}`);
      assert.equal(/Say/.test(heard) && /record=/.test(heard), direction === 'incoming');
    }));
}

/** An intent with these words on recording, and what the carrier is told then. */
async function ask(service: TestService, record: boolean | undefined, callId = randomUUID()) {
  const body = { callId, to: '01001234500', ...(record !== undefined && { record }) };
  const answer = await service.asAgent('/api/calls', { method: 'POST', body });
  const { code } = (await answer.clone().json()) as { code?: string };
  const fields = { CallSid: PARENT, From: 'client:mona', CallId: callId };
  const twiml = await (await service.asCarrier('/api/calls/twiml/outbound', fields)).text();
  return { status: answer.status, code, twiml, callId };
}

test('a page may leave a call out where the settings allow that', () =>
  withService({ RECORDING_OPT_OUT: 'on' }, async (service) => {
    const { status, twiml, callId } = await ask(service, false);
    assert.equal(status, 201);
    assert.match(twiml, /<Dial /);
    assert.doesNotMatch(twiml, /announcement|record=|recordingStatusCallback/);
    const { consent, unrecorded } = await recordOf(service, callId);
    assert.deepEqual([consent, unrecorded], [undefined, true]);
    // The same call, asked for with other words, is another one.
    assert.equal((await ask(service, true, callId)).code, 'call-id-taken');
    assert.equal((await ask(service, false, callId)).status, 201);
  }));

test('where they do not, it is refused and not recorded behind anybody’s back', () =>
  withService({}, async (service) => {
    const { status, code, twiml } = await ask(service, false);
    assert.deepEqual([status, code], [422, 'recording-required']);
    assert.doesNotMatch(twiml, /<Dial/);
    const recorded = await ask(service, true);
    assert.match(recorded.twiml, /record="record-from-answer-dual"/);
    assert.equal((await recordOf(service, recorded.callId)).unrecorded, undefined);
  }));

test('where nothing is recorded anyhow, there is nothing to refuse', () =>
  withService({ RECORD_CALLS: 'incoming' }, async (service) => {
    assert.equal((await ask(service, false)).status, 201);
  }));
