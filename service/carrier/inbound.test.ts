import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallPage, CallRecord } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { callIdIn, callIn, CUSTOMER, legStatus } from '../testing/inbound-call.ts';
import { reportPhone } from '../testing/phones.ts';
import { placeCall, startTestService, type TestService } from '../testing/test-service.ts';

const sid = (number: number) => `CA${number.toString(16).padStart(32, '0')}`;
const FALLBACK = '+201009999999';

let service: TestService;
let time = Date.now();
before(async () => {
  service = await startTestService(
    { INBOUND_FALLBACK_NUMBER: FALLBACK, TWILIO_API_BASE_URL: 'http://127.0.0.1:1' },
    { clock: () => new Date(time) },
  );
});
after(() => service.remove());
/** Nobody's phone is heard of any more. */
const silence = () => (time += 45_000);

async function recordOf(callId: string, sub: string, of = service): Promise<CallRecord | number> {
  const answer = await of.asAgent(`/api/calls/${callId}`, { sub });
  return answer.ok ? ((await answer.json()) as CallRecord) : answer.status;
}

function result(of: TestService, callSid: string, after: string, fields: Record<string, string>) {
  const path = `/api/calls/twiml/inbound-result?after=${after}`;
  return of.asCarrier(path, { CallSid: callSid, From: CUSTOMER, To: '+20224610000', ...fields });
}

test('the phones that are heard of and available ring, with the call’s id and the customer’s name', async () => {
  await placeCall(service, sid(1));
  await reportPhone(service, { sub: 'mona' });
  await reportPhone(service, { sub: 'karim.adel' });
  await reportPhone(service, { sub: 'busy' }, { available: false });
  const twiml = await callIn(service, sid(2));
  const clients = twiml.match(/<Client .*?<\/Client>/g) ?? [];
  const identities = new Set(clients.map((client) => /<Identity>(.*)<\/Identity>/.exec(client)![1]));
  assert.deepEqual(identities, new Set(['karim_2eadel', 'mona']));
  for (const client of clients) {
    assert.match(client, /statusCallback="https:[^"]*\/webhook\/status#/);
    assert.match(client, /statusCallbackEvent="initiated ringing answered completed"/);
    assert.match(client, /<Parameter name="CustomerName" value="أحمد"\/>/);
    assert.doesNotMatch(client, /"Line"/);
    assert.match(client, /<Parameter name="CallId" value="[0-9a-f]{8}-[0-9a-f]{4}-7/);
  }
  assert.match(twiml, /<Dial [^>]*answerOnBridge="true"[^>]* timeout="20"/);
  assert.match(twiml, /record="record-from-answer-dual"/);
  assert.match(twiml, /action="https:[^"]*\/twiml\/inbound-result\?after=agents#/);
  assert.equal(await callIn(service, sid(2)), twiml);
});

test('of several lines, the phones learn which one was called', async () => {
  const own = await startTestService({ TWILIO_CALLER_ID: '+20224610001,+20224610000' });
  await reportPhone(own, { sub: 'mona' });
  const twiml = await callIn(own, sid(2));
  assert.match(twiml, /<Parameter name="Line" value="\+20224610000"\/>/);
  const record = (await recordOf(callIdIn(twiml), 'mona', own)) as CallRecord;
  assert.equal(record.callerId, '+20224610000');
  await own.remove();
});

test('of a conversation with several phones: one row, seen by all while it rings, then by who took it', async () => {
  silence();
  await reportPhone(service, { sub: 'mona' });
  await reportPhone(service, { sub: 'karim.adel' });
  const [mona, karim] = [await hearEvents(service, { sub: 'mona' }), await hearEvents(service, { sub: 'karim.adel' })];
  const callSid = sid(3);
  const callId = callIdIn(await callIn(service, callSid));
  await legStatus(service, callSid, 'mona', 'ringing');
  const ringing = (await recordOf(callId, 'mona')) as CallRecord;
  assert.deepEqual([ringing.direction, ringing.status, ringing.customer.number], ['incoming', 'ringing', CUSTOMER]);
  assert.equal(ringing.customer.name, 'أحمد');
  assert.deepEqual(await recordOf(callId, 'karim.adel'), ringing);
  assert.equal(await recordOf(callId, 'stranger'), 404);

  await legStatus(service, callSid, 'karim_2eadel', 'in-progress');
  const open = (await recordOf(callId, 'karim.adel')) as CallRecord;
  assert.deepEqual([open.status, open.agent.id], ['open', 'karim.adel']);
  assert.equal(await recordOf(callId, 'mona'), 404);
  // Heard before it ends: a node that is slow to hear of both would tell of the end alone.
  await mona.until('"open"');

  await service.asAgent(`/api/calls/${callId}`, { sub: 'karim.adel', method: 'PATCH', body: { note: 'عايز عرض' } });
  await legStatus(service, callSid, 'karim_2eadel', 'completed', { CallDuration: '12' });
  const dialed = { DialCallStatus: 'completed', DialCallDuration: '12', CallStatus: 'in-progress' };
  const answer = await result(service, callSid, 'agents', dialed);
  assert.match(await answer.text(), /<Response><Hangup\/><\/Response>/);
  const status = { CallSid: callSid, CallStatus: 'completed' };
  await service.asCarrier('/api/calls/webhook/status', status);
  const done = (await recordOf(callId, 'karim.adel')) as CallRecord;
  assert.deepEqual([done.outcome, done.durationSeconds, done.note], ['answered', 12, 'عايز عرض']);

  await service.asAgent(`/api/calls/${callId}`, { sub: 'karim.adel', method: 'PATCH', body: { note: 'تم' } });
  await karim.until('"تم"');
  await reportPhone(service, { sub: 'mona' }, { place: 'window', state: { phase: 'last' } });
  await mona.until('"last"');
  const heard = mona
    .messages()
    .filter(({ event }) => event === 'call')
    .map(({ data }) => data as CallRecord);
  const told = heard.map((record) => [record.status, record.agent.id, record.note]);
  assert.deepEqual(told.slice(-2), [
    ['open', 'karim.adel', null],
    ['ended', 'karim.adel', null],
  ]);
  for (const stream of [mona, karim]) await stream.stop();
});

test('nobody answers: the fallback number, then a message, then thanks; the row is voicemail', async () => {
  silence();
  await reportPhone(service, { sub: 'mona' });
  const callSid = sid(4);
  const callId = callIdIn(await callIn(service, callSid));
  const unanswered = { DialCallStatus: 'no-answer', CallStatus: 'ringing' };
  const second = await (await result(service, callSid, 'agents', unanswered)).text();
  assert.match(second, new RegExp(`<Dial [^>]*callerId="\\+20224610000".*<Number .*>\\${FALLBACK}</Number>`));
  assert.match(second, /action="[^"]*\?after=number#/);
  const third = await (await result(service, callSid, 'number', { ...unanswered, DialCallSid: sid(40) })).text();
  assert.match(third, /<Say language="ar-AE">.*<Say language="en-US">.*<Record [^>]*maxLength="120"/);
  assert.match(third, /<Record [^>]*playBeep="true"[^>]*action="[^"]*\?after=voicemail#/);
  await service.asCarrier('/api/calls/webhook/recording', {
    CallSid: callSid,
    RecordingSid: `RE${'7'.repeat(32)}`,
    RecordingStatus: 'completed',
    RecordingDuration: '9',
    RecordingChannels: '1',
    RecordingSource: 'RecordVerb',
  });
  const fourth = await (await result(service, callSid, 'voicemail', { Digits: '' })).text();
  assert.match(fourth, /<Say.*<Hangup\/>/);
  await service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
  const record = (await recordOf(callId, 'mona')) as CallRecord;
  assert.deepEqual([record.outcome, record.durationSeconds, record.recordings.length], ['voicemail', 0, 1]);
  assert.equal((await service.asAgent(`/api/calls/${callId}/recordings/RE${'7'.repeat(32)}`)).status, 200);
});

test('a call that reached nobody is missed, and stands in everybody’s log', async () => {
  const quiet = await startTestService({ INBOUND_VOICEMAIL: 'off' });
  await placeCall(quiet, sid(5));
  const twiml = await callIn(quiet, sid(6), 'anonymous');
  assert.match(twiml, /<Say.*<Hangup\/>/);
  assert.doesNotMatch(twiml, /<Dial|<Record/);
  await quiet.asCarrier('/api/calls/webhook/status', { CallSid: sid(6), CallStatus: 'completed' });
  for (const sub of ['mona', 'karim']) {
    const page = (await (await quiet.asAgent('/api/calls', { sub })).json()) as CallPage;
    assert.equal(page.calls.length, sub === 'mona' ? 2 : 1);
    const [missed] = page.calls;
    assert.deepEqual(missed!.agent, { id: '', name: null });
    assert.deepEqual(missed!.customer, { number: '', name: null });
    assert.equal(missed!.outcome, 'missed');
    assert.equal(((await recordOf(missed!.callId, sub, quiet)) as CallRecord).callId, missed!.callId);
  }
  await quiet.remove();
});

test('at most ten phones ring', async () => {
  silence();
  for (let index = 0; index < 12; index += 1) await reportPhone(service, { sub: `agent${index}` });
  assert.equal((await callIn(service, sid(7))).match(/<Client /g)?.length, 10);
});

test('a name that XML cannot hold still rings the phone', async () => {
  silence();
  await reportPhone(service, { sub: 'mona' });
  const callId = '019a0000-0000-7000-8000-0000000000aa';
  const body = { callId, to: '01001234507', customerName: 'A\u0001<b>"\ud800&' };
  await service.asAgent('/api/calls', { method: 'POST', body });
  await service.asCarrier('/api/calls/twiml/outbound', { CallSid: sid(8), From: 'client:mona', CallId: callId });
  const twiml = await callIn(service, sid(9), '+201001234507');
  assert.match(twiml, /name="CustomerName" value="A &lt;b>&quot;(.|\ufffd)*&amp;"/u);
});

test('unsigned, tampered with or about another account: nobody rings', async () => {
  const fields = { CallSid: sid(10), From: CUSTOMER, To: '+20224610000' };
  for (const path of [
    '/api/calls/twiml/inbound',
    '/api/calls/twiml/inbound-result?after=agents',
    '/api/calls/twiml/check-playback',
    '/api/calls/webhook/check-recording',
  ]) {
    assert.equal((await service.asCarrier(path, fields, (body) => `${body}1`)).status, 403, path);
    assert.equal((await service.asCarrier(path, { ...fields, AccountSid: `AC${'9'.repeat(32)}` })).status, 403, path);
    assert.equal((await service.app.request(path)).status, 405, path);
  }
  assert.equal((await service.asCarrier('/api/calls/twiml/inbound', { From: CUSTOMER })).status, 400);
  assert.equal((await result(service, sid(2), 'arrival', { DialCallStatus: 'busy' })).status, 400);
  assert.equal((await result(service, sid(99), 'agents', { DialCallStatus: 'busy' })).status, 404);
});
