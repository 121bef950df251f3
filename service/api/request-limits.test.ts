import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { ErrorAnswer } from '../contract.ts';
import { openStore } from '../storage/store.ts';
import { crmToken, PARENT, startTestService, type TestService } from '../testing/test-service.ts';

const MINUTE = 60_000;
const time = { now: Math.ceil(Date.now() / MINUTE) * MINUTE };
let nodes: [TestService, TestService];
before(async () => {
  const clock = () => new Date(time.now);
  const first = await startTestService({}, { clock, backgroundEveryMs: 20 });
  const database = { DATABASE_URL: first.config.databaseUrl };
  nodes = [first, await startTestService({ ...database, TRUSTED_PROXIES: '10.0.0.0/8' }, { clock })];
});
after(async () => {
  await nodes[1].remove();
  await nodes[0].remove();
});
beforeEach(() => (time.now += MINUTE));

const bearerOf = (sub: string) =>
  crmToken({ sub, issuedAt: Math.floor(time.now / 1000), expiresAt: Math.floor(time.now / 1000) + 300 });

async function statuses(requests: Promise<Response>[]): Promise<Record<number, number>> {
  const counted: Record<number, number> = {};
  for (const { status } of await Promise.all(requests)) counted[status] = (counted[status] ?? 0) + 1;
  return counted;
}

/** Over a socket of this address, with whatever the proxies wrote. */
function from(address: string, bearer: string, forwarded?: string, node = nodes[0]): Promise<Response> {
  const headers = { authorization: `Bearer ${bearer}`, ...(forwarded && { 'x-forwarded-for': forwarded }) };
  const incoming = { socket: { remoteAddress: address }, headers };
  return Promise.resolve(node.app.request('/api/calls/token', { method: 'POST', headers }, { incoming }));
}

test('an agent gets 30 access tokens a minute, over both nodes exactly, and is told when to come again', async () => {
  const bearer = await bearerOf('mona');
  const ask = (index: number) => nodes[index % 2]!.asAgent('/api/calls/token', { method: 'POST', bearer });
  assert.deepEqual(await statuses(Array.from({ length: 100 }, (_, index) => ask(index))), { 200: 30, 429: 70 });
  time.now += 20_500;
  const refused = await ask(0);
  assert.equal(refused.headers.get('retry-after'), '40');
  assert.equal(((await refused.json()) as ErrorAnswer).code, 'too-many-requests');
  const colleague = await nodes[0].asAgent('/api/calls/token', { method: 'POST', bearer: await bearerOf('omar') });
  assert.equal(colleague.status, 200);
  time.now += 39_500;
  assert.equal((await ask(1)).status, 200);
});

test('an agent changes 120 things a minute, which leaves reading as it is', async () => {
  const bearer = await bearerOf('mona');
  const patch = { method: 'PATCH', body: {}, bearer };
  const path = '/api/calls/019a0000-0000-7000-8000-000000000000';
  const changes = Array.from({ length: 130 }, (_, index) => nodes[index % 2]!.asAgent(path, patch));
  assert.deepEqual(await statuses(changes), { 404: 120, 429: 10 });
  const readings = Array.from({ length: 130 }, () => nodes[0].asAgent(path, { bearer }));
  assert.deepEqual(await statuses(readings), { 404: 130 });
});

test('an agent reads 600 times a minute at a node, and is told when to come again', async () => {
  const bearer = await bearerOf('mona');
  const read = () => nodes[0].asAgent('/api/calls/settings', { bearer });
  assert.deepEqual(await statuses(Array.from({ length: 640 }, () => read())), { 200: 600, 429: 40 });
  assert.equal((await read()).headers.get('retry-after'), '60');
  const colleague = await bearerOf('omar');
  assert.equal((await nodes[0].asAgent('/api/calls', { bearer: colleague })).status, 200);
  time.now += MINUTE;
  const later = await bearerOf('mona');
  assert.equal((await nodes[0].asAgent('/api/calls', { bearer: later })).status, 200);
});

test('an agent exports the log five times a minute, and is told when to come again', async () => {
  const bearer = await bearerOf('mona');
  const exports = Array.from({ length: 8 }, (_, index) => nodes[index % 2]!.asAgent('/api/calls.csv', { bearer }));
  assert.deepEqual(await statuses(exports), { 200: 5, 429: 3 });
  time.now += 30_000;
  const refused = await nodes[0].asAgent('/api/calls.csv', { bearer });
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '30']);
  assert.equal((await nodes[0].asAgent('/api/calls', { bearer })).status, 200);
  time.now += 30_000;
});

test('an identity has its line checked six times a minute', async () => {
  const check = () =>
    nodes[0].asCarrier('/api/calls/twiml/outbound', { CallSid: PARENT, From: 'client:mona', Check: 'echo' });
  for (let index = 0; index < 6; index += 1) assert.match(await (await check()).text(), /<Record/);
  const seventh = await check();
  assert.equal(seventh.status, 200);
  assert.doesNotMatch(await seventh.text(), /<Record/);
});

test('an address has five tokens refused a minute; whoever has a good one there goes on', async () => {
  const refusals = Array.from({ length: 20 }, (_, index) => from('192.0.2.7', 'no token', undefined, nodes[index % 2]));
  assert.deepEqual(await statuses(refusals), { 401: 5, 429: 15 });
  assert.equal((await from('192.0.2.7', 'no token')).headers.get('retry-after'), '60');
  assert.equal((await from('192.0.2.7', await bearerOf('mona'))).status, 200);
  assert.equal((await from('192.0.2.8', 'no token')).status, 401);
});

test('who speaks for others is believed when it is a trusted proxy only', async () => {
  const spoofed = Array.from({ length: 20 }, (_, index) => from('192.0.2.9', 'no', `198.51.100.${index}`, nodes[1]));
  assert.deepEqual(await statuses(spoofed), { 401: 5, 429: 15 });
  const proxied = Array.from({ length: 20 }, (_, index) => from('10.1.2.3', 'no', `198.51.100.${index}`, nodes[1]));
  assert.deepEqual(await statuses(proxied), { 401: 20 });
  const prefixed = Array.from({ length: 20 }, (_, index) =>
    from('::ffff:10.1.2.3', 'no', `192.0.2.${index}, 203.0.113.5, 10.9.9.9`, nodes[1]),
  );
  assert.deepEqual(await statuses(prefixed), { 401: 5, 429: 15 });
});

test('minutes that are over are forgotten', async () => {
  await nodes[0].asAgent('/api/calls/token', { method: 'POST', bearer: await bearerOf('mona') });
  const store = await openStore(nodes[0].config.databaseUrl);
  const rows = async () => (await store.db.selectFrom('request_counts').selectAll().execute()).length;
  assert.notEqual(await rows(), 0);
  time.now += 10 * MINUTE;
  while ((await rows()) !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await store.close();
});
