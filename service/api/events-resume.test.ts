import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallRecord } from '../contract.ts';
import { takeRevisions } from '../storage/log-revision.ts';
import { openStore } from '../storage/store.ts';
import { callIdIn, callIn, legStatus } from '../testing/inbound-call.ts';
import { hearEvents, type EventReader, type Heard } from '../testing/heard-events.ts';
import { reportPhone } from '../testing/phones.ts';
import { placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

const hex = (number: number) => number.toString(16).padStart(32, '0');
const calls = (stream: EventReader) => stream.messages().filter(({ event }) => event === 'call');
const recordOf = (heard: Heard) => heard.data as CallRecord;
const idOf = (heard: Heard | undefined) => heard!.id!;
const note = (callId: string, text: string) =>
  service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { note: text } });

test('a reader that comes back hears what it missed first, each call as it is now, and then what follows', async () => {
  const stream = await hearEvents(service);
  const { callId } = await placeCall(service);
  const last = idOf(await stream.find(({ event }) => event === 'call'));
  await stream.stop();

  const second = await placeCall(service, `CA${hex(2)}`);
  await note(callId, 'أول');
  await note(callId, 'تاني');
  const again = await hearEvents(service, { lastEventId: last });
  assert.deepEqual(
    calls(again).map((heard) => [recordOf(heard).callId, recordOf(heard).note]),
    [
      [second.callId, null],
      [callId, 'تاني'],
    ],
  );
  await note(second.callId, 'بعدها');
  await again.until('بعدها');
  const ids = calls(again).map(({ id }) => Number(id));
  assert.equal(ids.length, 3);
  assert.ok(ids[0]! > Number(last) && ids[1]! > ids[0]! && ids[2]! > ids[1]!);
  await again.stop();

  const upToDate = await hearEvents(service, { lastEventId: String(ids[2]) });
  assert.deepEqual(calls(upToDate), []);
  await upToDate.stop();
});

test('a reader that has not heard a call yet misses none either: the greeting has an id', async () => {
  const greeted = async (lastEventId?: string, sub = 'mona') => {
    const stream = await hearEvents(service, { sub, ...(lastEventId && { lastEventId }) });
    const heard = stream.messages();
    await stream.stop();
    return heard;
  };
  const [first, ...more] = await greeted();
  assert.deepEqual([first!.event, more], ['phone', []]);
  const { callId } = await placeCall(service, `CA${hex(0xa)}`);
  const [call, phone] = await greeted(idOf(first));
  assert.deepEqual([call!.event, recordOf(call!).callId, phone!.event], ['call', callId, 'phone']);
  assert.ok(Number(idOf(call)) <= Number(idOf(phone)), 'and with every stream it says how far that has come');
  // What others do moves it on, too, so that their changes are not gone through again.
  const [karims] = await greeted(idOf(first), 'karim');
  assert.deepEqual([karims!.event, idOf(karims)], ['phone', idOf(phone)]);
});

test('what others missed is not told, to a supervisor all of it, and an id that is none begins anew', async () => {
  const karim = await hearEvents(service, { sub: 'karim', lastEventId: '0' });
  assert.deepEqual(calls(karim), []);
  const supervisor = await hearEvents(service, { sub: 'salma', role: 'supervisor', lastEventId: '0' });
  assert.equal(calls(supervisor).length, 3);
  for (const lastEventId of ['', 'x', '-1', '1e3', '9'.repeat(40)]) {
    const stream = await hearEvents(service, { lastEventId });
    assert.deepEqual(calls(stream), [], lastEventId);
    await stream.stop();
  }
  await Promise.all([karim.stop(), supervisor.stop()]);
});

test('an id of before a backup was restored, which the log has not reached, sends the reader to the log', async () => {
  const stream = await hearEvents(service, { lastEventId: '999999999999' });
  assert.deepEqual(
    stream.messages().map(({ event }) => event),
    ['missed', 'phone'],
  );
  const { callId } = await placeCall(service, `CA${hex(9)}`);
  await stream.find((heard) => heard.event === 'call' && recordOf(heard).callId === callId);
  await stream.stop();
});

test('a reader loses nothing and hears nothing twice, wherever among many changes it was cut off', async () => {
  const { callId } = await placeCall(service, `CA${hex(3)}`);
  let last = '0';
  const heard: number[] = [];
  const over = new AbortController();
  const notes = (async () => {
    for (let count = 0; count < 60; count += 1) await note(callId, `ملاحظة ${count}`);
    over.abort();
  })();
  do {
    const stream = await hearEvents(service, { lastEventId: last });
    if (!over.signal.aborted) await stream.find(({ event, id }) => event === 'call' && Number(id) > Number(last));
    for (const { id } of calls(stream)) heard.push(Number(id));
    last = calls(stream).at(-1)?.id ?? last;
    await stream.stop();
  } while (!over.signal.aborted);
  await notes;
  const rest = await hearEvents(service, { lastEventId: last });
  for (const { id } of calls(rest)) heard.push(Number(id));
  const final = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
  assert.equal(final.note, 'ملاحظة 59');
  assert.deepEqual(
    heard,
    [...new Set(heard)].sort((a, b) => a - b),
  );
  const supervisor = await hearEvents(service, { sub: 'salma', role: 'supervisor', lastEventId: '0' });
  assert.equal(heard.at(-1), Number(calls(supervisor).at(-1)!.id));
  await Promise.all([rest.stop(), supervisor.stop()]);
});

async function takenByColleague(sub: string, parent: string): Promise<void> {
  await Promise.all([sub, 'omar'].map((each) => reportPhone(service, { sub: each })));
  const stream = await hearEvents(service, { sub });
  const callId = callIdIn(await callIn(service, parent));
  const ringing = await stream.find((heard) => heard.event === 'call' && recordOf(heard).callId === callId);
  await stream.stop();
  await legStatus(service, parent, 'omar', 'in-progress');
  const taken = await hearEvents(service, { sub, lastEventId: idOf(ringing) });
  const [open] = calls(taken);
  assert.deepEqual([recordOf(open!).status, recordOf(open!).agent.id], ['open', 'omar']);
  await taken.stop();
  await service.asCarrier('/api/calls/webhook/status', { CallSid: parent, CallStatus: 'completed' });
  const ended = await hearEvents(service, { sub, lastEventId: idOf(open) });
  assert.equal(recordOf(calls(ended)[0]!).status, 'ended');
  await ended.stop();
  const patch = { sub: 'omar', method: 'PATCH', body: { note: 'سر' } };
  assert.equal((await service.asAgent(`/api/calls/${callId}`, patch)).status, 200);
  const later = await hearEvents(service, { sub, lastEventId: idOf(calls(ended)[0]) });
  assert.deepEqual(calls(later), []);
  await later.stop();
}

test('whose phone rang and missed the answer hears that a colleague took the call; after its end, nothing', async () => {
  // The database looks for a part of a text: what it has a meaning for there is a name's as well.
  const subs = ['nour', 'nour_ali', '100%', String.raw`no"u\r`];
  for (const [index, sub] of subs.entries()) await takenByColleague(sub, `CA${hex(0x40 + index)}`);
});

test('too much to be sent again is said, and the stream goes on', async () => {
  const own = await startTestService();
  const { callId } = await placeCall(own);
  const store = await openStore(own.config.databaseUrl);
  await store.write(async (trx) => {
    const one = await trx
      .selectFrom('calls')
      .select(['agent_id', 'created_at', 'base', 'record'])
      .where('call_id', '=', callId)
      .executeTakeFirstOrThrow();
    const keys = Array.from({ length: 1000 }, (_, index) => index);
    for (const index of keys) {
      const ids = { call_id: `many-${index}`, call_sid: `CA${hex(0x1000 + index)}` };
      await trx
        .insertInto('calls')
        .values({ ...one, ...ids, revision: 2 + index })
        .execute();
    }
    await trx
      .insertInto('call_agents')
      .values(keys.map((index) => ({ agent_id: one.agent_id, created_at: one.created_at, call_id: `many-${index}` })))
      .execute();
    await takeRevisions(trx, 1000);
  });
  await store.close();
  const stream = await hearEvents(own, { lastEventId: '0' });
  assert.deepEqual(
    stream.messages().map(({ event }) => event),
    ['missed', 'phone'],
  );
  await placeCall(own, `CA${hex(1)}`);
  await stream.find(({ event }) => event === 'call');
  await stream.stop();
  await own.remove();
});

test('an agent who comes back after many changes of others’ is sent to the log: they are not gone through', async () => {
  const own = await startTestService();
  const { callId } = await placeCall(own);
  const greeted = async (lastEventId: string, role?: string) => {
    const stream = await hearEvents(own, { lastEventId, ...(role && { role }) });
    await stream.stop();
    return stream.messages();
  };
  const last = idOf((await greeted('0')).at(-1));
  const store = await openStore(own.config.databaseUrl);
  await store.write((trx) => takeRevisions(trx, 20_000));
  await store.close();
  const begun = (heard: Heard[]) => heard.map(({ event }) => event);
  assert.deepEqual(begun(await greeted(last)), ['phone']);
  assert.deepEqual(begun(await greeted('0')), ['missed', 'phone']);
  const [call] = await greeted('0', 'supervisor');
  assert.equal(recordOf(call!).callId, callId, 'a supervisor’s changes are all to be told: they are found at once');
  await own.remove();
});
