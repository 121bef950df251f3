import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CallRecord } from '../contract.ts';
import { sql } from 'kysely';
import { hearEvents } from '../testing/heard-events.ts';
import { reportPhone } from '../testing/phones.ts';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { CHILD, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';
import { openStore } from './store.ts';

let database: TestDatabase;
let nodes: [TestService, TestService];
before(async () => {
  database = await createPostgresDatabase();
  const start = () => startTestService({ DATABASE_URL: database.url });
  // Together, on an empty database.
  nodes = await Promise.all([start(), start()]);
});
after(async () => {
  await Promise.all(nodes.map((node) => node.remove()));
  await database.drop();
});

const hex = (number: number) => number.toString(16).padStart(32, '0');
const leg = (node: TestService, parent: string, child: string, status: string, sequence: number) =>
  node.asCarrier('/api/calls/webhook/status', {
    CallSid: child,
    ParentCallSid: parent,
    CallStatus: status,
    SequenceNumber: String(sequence),
  });

test('a call on one node is heard on the other: to its agent, in order, nothing twice', async () => {
  const [a, b] = nodes;
  const [own, other, supervisor] = await Promise.all([
    hearEvents(b),
    hearEvents(b, { sub: 'karim' }),
    hearEvents(b, { sub: 'salma', role: 'supervisor' }),
  ]);
  const { callId } = await placeCall(a);
  assert.equal((await leg(a, PARENT, CHILD, 'ringing', 1)).status, 204);
  await own.until('"status":"ringing"');
  assert.equal((await leg(b, PARENT, CHILD, 'in-progress', 2)).status, 204);
  await a.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
  for (const stream of [own, supervisor]) {
    await stream.until('"ended"');
    const calls = stream.messages().filter(({ event }) => event === 'call');
    assert.ok(calls.every(({ data }) => (data as CallRecord).callId === callId));
    const ids = calls.map(({ id }) => Number(id));
    assert.deepEqual(
      ids,
      [...new Set(ids)].sort((x, y) => x - y),
    );
  }
  assert.doesNotMatch(JSON.stringify(other.messages()), /"event":"call"/);
  await Promise.all([own, other, supervisor].map((stream) => stream.stop()));
});

test('a phone window on one node is seen and commanded on the other, however long its state is', async () => {
  const [a, b] = nodes;
  const [atA, atB] = await Promise.all([hearEvents(a, { sub: 'nour' }), hearEvents(b, { sub: 'nour' })]);
  const state = { text: 'نور '.repeat(1500) };
  const holder = await reportPhone(a, { sub: 'nour' }, { place: 'window', state });
  const { data } = await atB.find(({ event, data }) => event === 'phone' && data !== null);
  assert.deepEqual(data, { holder, place: 'window', available: true, state });
  const body = { holder, id: randomUUID(), method: 'hangUp', args: [] };
  const answer = await b.asAgent('/api/calls/phone/commands', { sub: 'nour', method: 'POST', body });
  assert.equal(answer.status, 202);
  assert.deepEqual((await atA.find(({ event }) => event === 'phone-command')).data, body);
  assert.equal(atA.messages().filter(({ event }) => event === 'phone-command').length, 1);
  await Promise.all([atA.stop(), atB.stop()]);
});

test('a command is told once to a node that did not listen for a moment', async () => {
  const [a, b] = nodes;
  const stream = await hearEvents(b, { sub: 'huda' });
  const holder = await reportPhone(a, { sub: 'huda' }, { place: 'window', state: {} });
  await stream.find(({ event, data }) => event === 'phone' && data !== null);
  const store = await openStore(database.url);
  const { rows } = await sql<{ cut: boolean }>`
    select pg_terminate_backend(pid) as cut from pg_stat_activity
    where datname = current_database() and query like 'listen %'`.execute(store.db);
  await store.close();
  assert.equal(rows.length, 2);
  const body = { holder, id: randomUUID(), method: 'hangUp', args: [] };
  const ask = () => a.asAgent('/api/calls/phone/commands', { sub: 'huda', method: 'POST', body });
  assert.equal((await ask()).status, 202);
  assert.deepEqual((await stream.find(({ event }) => event === 'phone-command')).data, body);
  // The connection is there again: this one comes by notice, like whatever would come twice.
  assert.equal((await ask()).status, 202);
  await reportPhone(a, { sub: 'huda' }, { place: 'window', state: { last: true } });
  await stream.until('"last":true');
  assert.equal(stream.messages().filter(({ event }) => event === 'phone-command').length, 1);
  await stream.stop();
});

test('the same webhook to both at once, 500 times: kept once, told once', async () => {
  const [a, b] = nodes;
  const parent = `CA${hex(0xabc)}`;
  const { callId } = await placeCall(a, parent);
  const stream = await hearEvents(b, { role: 'supervisor' });
  const answers: number[] = [];
  for (let first = 0; first < 500; first += 25) {
    const round = Array.from({ length: 25 }, (_, index) => first + index);
    const sent = round.flatMap((sequence) =>
      nodes.map(async (node) => (await leg(node, parent, `CA${hex(0xdef)}`, 'ringing', sequence)).status),
    );
    answers.push(...(await Promise.all(sent)));
  }
  assert.deepEqual([...new Set(answers)], [204]);
  const store = await openStore(database.url);
  const { kept } = await store.db
    .selectFrom('call_events')
    .select((events) => events.fn.countAll<number>().as('kept'))
    .where('call_sid', '=', parent)
    .executeTakeFirstOrThrow();
  assert.equal(kept, 500);
  const { revision } = await store.db
    .selectFrom('calls')
    .select('revision')
    .where('call_id', '=', callId)
    .executeTakeFirstOrThrow();
  await stream.until(`id: ${revision}\n`);
  const ids = stream.messages().flatMap(({ id }) => (id === undefined ? [] : [Number(id)]));
  assert.ok(ids.length <= 500);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((x, y) => x - y),
  );
  await store.close();
  await stream.stop();
});

test('one intent, asked for on both nodes by two legs: one call', async () => {
  const [a, b] = nodes;
  for (let round = 0; round < 20; round += 1) {
    const callId = randomUUID();
    await a.asAgent('/api/calls', { method: 'POST', body: { callId, to: '010 0123 4500' } });
    const ask = (node: TestService, sid: number) =>
      node.asCarrier('/api/calls/twiml/outbound', { CallSid: `CA${hex(sid)}`, From: 'client:mona', CallId: callId });
    const answers = await Promise.all([ask(a, 0x1000 + 2 * round), ask(b, 0x1001 + 2 * round)]);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    assert.equal(texts.filter((text) => text.includes('<Dial')).length, 1);
  }
});
