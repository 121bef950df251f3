import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CallRecord } from '../contract.ts';
import { CHILD, PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

const sid = (digit: string) => `CA${digit.repeat(32)}`;

test('the TwiML dials the number of the intent, records both sides and reports to us', async () => {
  const { twiml } = await placeCall(service);
  assert.match(twiml, /<Dial [^>]*answerOnBridge="true"/);
  assert.match(twiml, /callerId="\+20224610000"/);
  assert.match(twiml, /record="record-from-answer-dual"/);
  assert.match(twiml, /trim="do-not-trim"/);
  assert.match(twiml, /timeLimit="3600"/);
  assert.match(
    twiml,
    /action="https:\/\/dialer\.example\.com\/api\/calls\/twiml\/dial-result#ct=2000&amp;rt=6000&amp;rc=1&amp;rp=ct,rt,5xx"/,
  );
  assert.match(twiml, /statusCallback="https:[^"]*\/webhook\/status#ct=2000&amp;rt=4000&amp;rc=3&amp;rp=ct,rt,5xx"/);
  assert.match(twiml, /recordingStatusCallback="https:[^"]*\/webhook\/recording#[^"]*rc=3/);
  assert.match(twiml, /recordingStatusCallbackEvent="in-progress completed absent"/);
  assert.match(twiml, /statusCallbackEvent="initiated ringing answered completed"/);
  assert.match(twiml, />\+201001234500<\/Number>/);
});

test('TwiML asked for without an intent dials nobody', async () => {
  const asks: Record<string, string>[] = [
    { CallSid: sid('7'), From: 'client:mona', CallId: randomUUID(), To: '+201001234500' },
    { CallSid: sid('7'), From: 'client:mona', To: '+201001234500' },
    { CallSid: sid('7'), From: '+201001234500', To: '+20224610000' },
  ];
  const answers = await Promise.all(asks.map((fields) => service.asCarrier('/api/calls/twiml/outbound', fields)));
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    const twiml = await answer.text();
    assert.doesNotMatch(twiml, /Dial|Number/);
    assert.match(twiml, /<Say.*<Hangup\/>/s);
  }
});

test('an intent belongs to its agent and to one call: of twenty that ask at once, one dials', async () => {
  const callId = randomUUID();
  await service.asAgent('/api/calls', { method: 'POST', body: { callId, to: '01001234500' } });
  const stranger = await service.asCarrier('/api/calls/twiml/outbound', {
    CallSid: sid('6'),
    From: 'client:karim',
    CallId: callId,
  });
  assert.doesNotMatch(await stranger.text(), /<Dial/);
  const asks = Array.from({ length: 20 }, (_, index) =>
    service.asCarrier('/api/calls/twiml/outbound', {
      CallSid: `CA${index.toString(16).padStart(32, '0')}`,
      From: 'client:mona',
      CallId: callId,
    }),
  );
  const twimls = await Promise.all((await Promise.all(asks)).map((answer) => answer.text()));
  assert.equal(twimls.filter((twiml) => twiml.includes('<Dial')).length, 1);
});

test('the carrier repeating its question gets the same answer', async () => {
  const first = await placeCall(service, sid('8'));
  const again = await service.asCarrier('/api/calls/twiml/outbound', {
    CallSid: sid('8'),
    From: 'client:mona',
    CallId: first.callId,
  });
  assert.equal(await again.text(), first.twiml);
});

test('an intent that arrives after the carrier’s question is waited for', async () => {
  const callId = randomUUID();
  const asked = service.asCarrier('/api/calls/twiml/outbound', {
    CallSid: sid('9'),
    From: 'client:mona',
    CallId: callId,
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await service.asAgent('/api/calls', { method: 'POST', body: { callId, to: '01001234500' } });
  assert.match(await (await asked).text(), /<Dial/);
});

test('intent and question sent at the same moment always meet', async () => {
  const pairs = Array.from({ length: 40 }, async (_, index) => {
    const callId = randomUUID();
    const asked = service.asCarrier('/api/calls/twiml/outbound', {
      CallSid: `CA${(index + 100).toString(16).padStart(32, '0')}`,
      From: 'client:mona',
      CallId: callId,
    });
    const intent = await service.asAgent('/api/calls', { method: 'POST', body: { callId, to: '01001234500' } });
    assert.equal(intent.status, 201);
    assert.match(await (await asked).text(), /<Dial/);
  });
  await Promise.all(pairs);
});

test('an intent older than 30 s is dead: a phone that comes back online rings nobody', async () => {
  let time = Date.now();
  const aged = await startTestService({}, { clock: () => new Date(time) });
  const callId = randomUUID();
  await aged.asAgent('/api/calls', { method: 'POST', body: { callId, to: '01001234500' } });
  time += 31_000;
  const answer = await aged.asCarrier('/api/calls/twiml/outbound', {
    CallSid: PARENT,
    From: 'client:mona',
    CallId: callId,
  });
  assert.doesNotMatch(await answer.text(), /<Dial/);
  await aged.remove();
});

const ended = {
  CallSid: CHILD,
  ParentCallSid: PARENT,
  CallStatus: 'completed',
  SequenceNumber: '3',
  CallDuration: '21',
  Duration: '1',
  SipResponseCode: '200',
  Timestamp: 'Mon, 23 Nov 2026 10:00:30 +0000',
};

test('one changed byte, another account, no signature: 403 and nothing is kept', async () => {
  const own = await startTestService();
  const { callId } = await placeCall(own);
  const before = await (await own.asAgent(`/api/calls/${callId}`)).text();
  const paths = [
    '/api/calls/webhook/status',
    '/api/calls/webhook/recording',
    '/api/calls/twiml/dial-result',
    '/api/calls/twiml/outbound',
  ];
  for (const path of paths) {
    const changed = await own.asCarrier(path, ended, (body) => body.replace('completed', 'completee'));
    assert.equal(changed.status, 403, path);
    const otherAccount = await own.asCarrier(path, { ...ended, AccountSid: `AC${'9'.repeat(32)}` });
    assert.equal(otherAccount.status, 403, path);
    const unsigned = await own.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-host': 'dialer.example.com' },
      body: new URLSearchParams({ ...ended, AccountSid: own.config.accountSid }),
    });
    assert.equal(unsigned.status, 403, path);
    assert.equal((await own.app.request(path)).status, 405, path);
    const json = await own.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(json.status, 415, path);
  }
  assert.equal(await (await own.asAgent(`/api/calls/${callId}`)).text(), before);
  await own.remove();
});

test('signed but malformed: 400 that names the fields, and nothing is kept', async () => {
  for (const fields of [
    { CallSid: 'CA1', CallStatus: 'ringing' },
    { CallSid: CHILD, CallStatus: 'Ringing!' },
    { ...ended, ParentCallSid: 'CA2' },
  ]) {
    const answer = await service.asCarrier('/api/calls/webhook/status', fields);
    assert.equal(answer.status, 400);
    assert.match(((await answer.json()) as { message: string }).message, /CallSid|CallStatus/);
  }
});

test('a detail that cannot be read does not lose the fact it came with', async () => {
  const own = await startTestService();
  const { callId } = await placeCall(own);
  const odd = { CallDuration: '-1', SipResponseCode: 'OK', SequenceNumber: '3.5', Timestamp: 'yesterday' };
  assert.equal((await own.asCarrier('/api/calls/webhook/status', { ...ended, ...odd })).status, 204);
  const recorded = {
    CallSid: PARENT,
    RecordingSid: RECORDING,
    RecordingStatus: 'in-progress',
    RecordingDuration: '-1',
  };
  assert.equal((await own.asCarrier('/api/calls/webhook/recording', recorded)).status, 204);
  const record = (await (await own.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
  assert.deepEqual([record.outcome, record.durationSeconds], ['answered', 0]);
  assert.ok(Date.now() - Date.parse(record.endedAt!) < 60_000);
  assert.deepEqual(record.recordings, [
    { recordingSid: RECORDING, status: 'processing', durationSeconds: null, channels: null },
  ]);
  await own.remove();
});

test('webhooks in any order, twice, before the call is known: one true row', async () => {
  const own = await startTestService();
  const status = (fields: Record<string, string>) => own.asCarrier('/api/calls/webhook/status', fields);
  for (let turn = 0; turn < 2; turn += 1) {
    assert.equal((await status(ended)).status, 204);
    const recorded = {
      CallSid: PARENT,
      RecordingSid: RECORDING,
      RecordingStatus: 'completed',
      RecordingDuration: '20',
      RecordingChannels: '2',
    };
    assert.equal((await own.asCarrier('/api/calls/webhook/recording', recorded)).status, 204);
  }
  const { callId } = await placeCall(own);
  await status({
    CallSid: CHILD,
    ParentCallSid: PARENT,
    CallStatus: 'in-progress',
    SequenceNumber: '2',
    Timestamp: 'Mon, 23 Nov 2026 10:00:09 +0000',
  });
  const result = await own.asCarrier('/api/calls/twiml/dial-result', {
    CallSid: PARENT,
    DialCallSid: CHILD,
    DialCallStatus: 'completed',
    DialCallDuration: '21',
  });
  assert.match(await result.text(), /<Response><Hangup\/><\/Response>/);
  const record = (await (await own.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
  assert.equal(record.outcome, 'answered');
  assert.equal(record.durationSeconds, 21);
  assert.equal(record.endedAt, '2026-11-23T10:00:30.000Z');
  assert.deepEqual(record.recordings, [
    { recordingSid: RECORDING, status: 'completed', durationSeconds: 20, channels: 2 },
  ]);
  await own.remove();
});

test('two tokens are accepted while both are configured', async () => {
  const second = 'f'.repeat(32);
  const rotating = await startTestService({ TWILIO_AUTH_TOKEN: `${second},${service.config.authTokens[0]}` });
  assert.equal((await rotating.asCarrier('/api/calls/webhook/status', ended)).status, 204);
  await rotating.remove();
});
