import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openStore } from '../storage/store.ts';
import { startCrmReceiver, type CrmReceiver } from '../testing/crm-receiver.ts';
import { callIn } from '../testing/inbound-call.ts';
import { reportPhone } from '../testing/phones.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { placeCall, startTestService, type TestService } from '../testing/test-service.ts';
import { verifyWebhook } from './webhook-signature.ts';

const SECRET = 'the secret that the CRM and this service share';
const HOUR = 3_600_000;
let carrier: RestStub;
let crm: CrmReceiver;
let service: TestService;
let time: number;
let calls = 0;

function start(changes: Record<string, string> = {}): Promise<TestService> {
  const settings = { CRM_WEBHOOK_URL: crm.url, CRM_WEBHOOK_SECRET: SECRET, TWILIO_API_BASE_URL: carrier.url };
  return startTestService({ ...settings, ...changes }, { clock: () => new Date(time), backgroundEveryMs: 10 });
}
beforeEach(async () => {
  time = Date.now();
  crm = await startCrmReceiver();
  // As time goes on, the carrier is asked for the calls; it does not matter here.
  carrier = await startRestStub();
  carrier.answer(503);
  service = await start();
});
afterEach(async () => {
  await service.remove();
  await crm.close();
  await carrier.close();
});

const sid = (kind: string, call: number) => `CA${kind}${String(call).padStart(31, '0')}`;

/** A call to its end; resolves with its id. */
async function call(at = service): Promise<string> {
  const index = (calls += 1);
  const { callId } = await placeCall(at, sid('a', index));
  const child = { CallSid: sid('b', index), ParentCallSid: sid('a', index) };
  await at.asCarrier('/api/calls/webhook/status', { ...child, CallStatus: 'ringing', SequenceNumber: '1' });
  await at.asCarrier('/api/calls/webhook/status', { ...child, CallStatus: 'in-progress', SequenceNumber: '2' });
  await at.asCarrier('/api/calls/webhook/status', {
    ...child,
    CallStatus: 'completed',
    SequenceNumber: '3',
    CallDuration: '7',
  });
  return callId;
}
const types = (of = crm.received) => of.map(({ event }) => event.type);
const COURSE = ['call.answered', 'call.ended'];
/** Until so many failures are kept: the time of the next attempt counts from then. */
async function failures(count: number): Promise<void> {
  const store = await openStore(service.config.databaseUrl);
  for (let kept = -1; kept < count;) {
    const rows = await store.db.selectFrom('crm_outbox').select('attempts').execute();
    kept = rows.reduce((sum, { attempts }) => sum + attempts, 0);
    await delay(5);
  }
  await store.close();
}
const CALL_BACK_AT = new Date(Date.now() + 3_600_000).toISOString();
/** Enough rounds to send what there is. */
const someRounds = () => delay(150);

test('a call, its recording and its wrap-up are told in order, each as it was then, and signed', async () => {
  const callId = await call();
  await service.asCarrier('/api/calls/webhook/recording', {
    CallSid: sid('a', calls),
    RecordingSid: `RE${'c'.repeat(32)}`,
    RecordingStatus: 'completed',
    RecordingDuration: '5',
  });
  await service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { note: 'مهتم جدا' } });
  await service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { callBackAt: CALL_BACK_AT } });
  const received = await crm.until((all) => all.length === 5);
  assert.deepEqual(types(), [...COURSE, 'recording.completed', 'call.updated', 'call.updated']);
  assert.deepEqual(received[4]!.event.call.callBack, { at: CALL_BACK_AT, doneAt: null });
  for (const { headers, body, event } of received) {
    assert.ok(verifyWebhook(body, headers['almasar-signature'] ?? '', SECRET, new Date(time)));
    assert.equal(headers['almasar-event-id'], event.id);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(event.call.callId, callId);
  }
  assert.deepEqual(
    received.map(({ event }) => event.call.status),
    ['open', 'ended', 'ended', 'ended', 'ended'],
  );
  assert.equal(received[3]!.event.call.note, 'مهتم جدا');
  await someRounds();
  assert.equal(crm.received.length, 5);
});

test('a customer who calls in before the call-back is due, and is answered: the CRM hears that it is done', async () => {
  const callId = await call();
  await service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { callBackAt: CALL_BACK_AT } });
  time += 60_000;
  await reportPhone(service);
  await callIn(service, sid('c', calls));
  const taking = { CallSid: sid('d', calls), ParentCallSid: sid('c', calls), To: 'client:mona' };
  await service.asCarrier('/api/calls/webhook/status', { ...taking, CallStatus: 'in-progress', SequenceNumber: '1' });
  const received = await crm.until((all) => all.filter(({ event }) => event.type === 'call.updated').length === 2);
  const [promised, done] = received.flatMap(({ event }) => (event.type === 'call.updated' ? event.call : []));
  assert.deepEqual([promised!.callId, done!.callId], [callId, callId]);
  assert.deepEqual(promised!.callBack, { at: CALL_BACK_AT, doneAt: null });
  assert.equal(typeof done!.callBack!.doneAt, 'string');
});

test('only the events that are asked for', async () => {
  await service.remove();
  service = await start({ CRM_WEBHOOK_EVENTS: 'call.ringing, call.ended' });
  await call();
  await crm.until((all) => all.length === 2);
  assert.deepEqual(types(), ['call.ringing', 'call.ended']);
});

test('a CRM that is down for a while is told later, each call in its order', async () => {
  crm.answer = (_, response) => response.writeHead(503).end();
  const first = await call();
  const second = await call();
  await failures(2);
  await someRounds();
  // Not again before its time, and nothing before what comes first.
  assert.deepEqual(types(), ['call.answered', 'call.answered']);
  for (const wait of [5_000, 10_000, 20_000]) {
    const before = crm.received.length;
    time += wait - 1;
    await someRounds();
    assert.equal(crm.received.length, before);
    time += 1;
    await failures(before + 2);
    assert.equal(crm.received.length, before + 2);
  }
  crm.received.length = 0;
  crm.answer = (_, response) => response.writeHead(200).end('thanks');
  time += 2 * HOUR;
  const received = await crm.until((all) => all.length === 4);
  for (const callId of [first, second]) {
    assert.deepEqual(types(received.filter(({ event }) => event.call.callId === callId)), COURSE);
  }
});

test('what was received and not answered comes again under the same id', async () => {
  crm.answer = (_, response) => response.destroy();
  await call();
  const [first] = await crm.until((all) => all.length === 1);
  await failures(1);
  crm.answer = (_, response) => response.writeHead(204).end();
  time += HOUR;
  const received = await crm.until((all) => all.length === 3);
  assert.equal(received[1]!.event.id, first!.event.id);
  assert.equal(received[1]!.body, first!.body);
});

test('410 ends an event, a day does, and what is behind it goes on', async () => {
  crm.answer = ({ event }, response) => response.writeHead(event.type === 'call.answered' ? 410 : 500).end();
  await call();
  await failures(2);
  assert.deepEqual(types(), COURSE);
  time += 25 * HOUR;
  await failures(3);
  time += 25 * HOUR;
  await someRounds();
  assert.deepEqual(types(), [...COURSE, 'call.ended']);
});

test('a redirect is not followed', async () => {
  const elsewhere = await startCrmReceiver();
  crm.answer = (_, response) => response.writeHead(307, { location: elsewhere.url }).end();
  await call();
  await crm.until((all) => all.length === 1);
  await someRounds();
  assert.equal(elsewhere.received.length, 0);
  await elsewhere.close();
});

test('what was not told before a stop is told after the start, and a CRM that hangs holds no stop up', async () => {
  crm.answer = () => {};
  await call();
  await crm.until((all) => all.length === 1);
  await service.close();
  crm.answer = (_, response) => response.writeHead(204).end();
  const again = await start({ DATABASE_URL: service.config.databaseUrl });
  const received = await crm.until((all) => all.length === 3);
  assert.deepEqual(types(received), ['call.answered', ...COURSE]);
  assert.equal(received[1]!.event.id, received[0]!.event.id);
  await again.remove();
});

test('two services on one database tell each event once', async () => {
  const other = await start({ DATABASE_URL: service.config.databaseUrl });
  crm.answer = (_, response) => setTimeout(() => response.writeHead(204).end(), 5);
  for (let index = 0; index < 15; index += 1) await call(index % 2 === 0 ? service : other);
  await crm.until((all) => all.length >= 30);
  await someRounds();
  assert.equal(crm.received.length, 30);
  assert.equal(new Set(crm.received.map(({ event }) => event.id)).size, 30);
  for (const callId of new Set(crm.received.map(({ event }) => event.call.callId))) {
    assert.deepEqual(types(crm.received.filter(({ event }) => event.call.callId === callId)), COURSE);
  }
  await other.remove();
});
