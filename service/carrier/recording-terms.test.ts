import assert from 'node:assert/strict';
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

async function consent(service: TestService, callId: string) {
  return ((await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord).consent;
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
