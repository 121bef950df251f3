import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, test } from 'node:test';
import {
  MOST_RESENT,
  type AuditPage,
  type CrmEventsPage,
  type CrmResendRequest,
  type KeptCrmEvent,
} from '../admin-contract.ts';
import { openStore } from '../storage/store.ts';
import { startCrmReceiver, type CrmReceiver } from '../testing/crm-receiver.ts';
import { crmToken, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

const DAY_MS = 86_400_000;
let crm: CrmReceiver;
let service: TestService;
let aheadMs: number;
let callId: string;

const answer = (status: number) => (crm.answer = (_, response) => response.writeHead(status).end());

beforeEach(async () => {
  aheadMs = 0;
  crm = await startCrmReceiver();
  const settings = { CRM_WEBHOOK_URL: crm.url, CRM_WEBHOOK_SECRET: 's'.repeat(32), CRM_WEBHOOK_KEPT_DAYS: '10' };
  const clock = () => new Date(Date.now() + aheadMs);
  service = await startTestService(settings, { clock, backgroundEveryMs: 10 });
});
afterEach(async () => {
  await service.remove();
  await crm.close();
});

async function ask(path: string, role = 'admin', body?: object): Promise<Response> {
  const issuedAt = Math.floor((Date.now() + aheadMs) / 1000);
  const bearer = await crmToken({ role, issuedAt, expiresAt: issuedAt + 300 });
  return service.asAgent(`/api/calls/${path}`, { bearer, ...(body && { method: 'POST', body }) });
}
async function listed(query = ''): Promise<KeptCrmEvent[]> {
  const page = await ask(`crm-events?${query}`);
  assert.equal(page.status, 200, await page.clone().text());
  return ((await page.json()) as CrmEventsPage).events;
}
const resend = async (asked: CrmResendRequest) =>
  (await (await ask('crm-events/resend', 'admin', asked)).json()) as object;

async function until(
  state: KeptCrmEvent['state'],
  enough: (events: KeptCrmEvent[]) => boolean,
): Promise<KeptCrmEvent[]> {
  for (;;) {
    const events = await listed(`state=${state}`);
    if (enough(events)) return events;
    await delay(10);
  }
}

/** A call that ends, which is one event; resolves with its id. */
async function call(callSid = PARENT): Promise<string> {
  ({ callId } = await placeCall(service, callSid));
  await service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
  return callId;
}

test(
  'what was given up is listed, sent again under its id, and the audit says who asked',
  { timeout: 20_000 },
  async () => {
    answer(410);
    await call();
    const [event] = await until('given-up', ({ length }) => length === 1);
    assert.equal(event!.type, 'call.ended');
    assert.equal(event!.call.callId, callId);
    assert.deepEqual([event!.attempts, event!.nextAttemptAt], [1, null]);
    assert.ok(event!.givenUpAt);
    assert.deepEqual(await listed('state=waiting'), []);
    assert.deepEqual(await listed(`call=${callId}`), [event]);
    assert.deepEqual(await listed(`call=${randomUUID()}`), []);

    assert.deepEqual(await resend({ events: [randomUUID()] }), { resent: 0 });
    answer(204);
    assert.deepEqual(await resend({ events: [event!.id] }), { resent: 1 });
    const received = await crm.until((all) => all.length === 2);
    assert.equal(received[1]!.body, received[0]!.body);
    const [told] = await until('delivered', ({ length }) => length === 1);
    assert.ok(told!.deliveredAt);
    assert.deepEqual([told!.givenUpAt, told!.nextAttemptAt], [null, null]);
    assert.deepEqual(await listed('state=waiting'), []);
    const { entries } = (await (await ask('audit?action=crm-events-resent')).json()) as AuditPage;
    assert.deepEqual(entries.map(({ agent, subject, after }) => ({ agent, subject, after }))[0], {
      agent: { id: 'mona', role: 'admin' },
      subject: '',
      after: { events: [event!.id], resent: 1 },
    });
  },
);

test('sent again, an event has another day, and all of them can be', { timeout: 20_000 }, async () => {
  answer(410);
  await call();
  await call(`CA${'d'.repeat(32)}`);
  await until('given-up', ({ length }) => length === 2);
  aheadMs = 2 * DAY_MS;
  answer(503);
  assert.deepEqual(await resend({ events: 'all' }), { resent: 2 });
  const waiting = await until('waiting', (events) => events.filter(({ attempts }) => attempts === 1).length === 2);
  assert.ok(waiting.every(({ nextAttemptAt }) => Date.parse(nextAttemptAt!) > Date.now() + aheadMs - 10_000));
  aheadMs += DAY_MS + 60_000;
  await until('given-up', ({ length }) => length === 2);
});

test('what was told is forgotten when its days are over', { timeout: 20_000 }, async () => {
  await call();
  await until('delivered', ({ length }) => length === 1);
  aheadMs = 2 * DAY_MS;
  await delay(100);
  assert.equal((await listed()).length, 1);
  aheadMs = 3 * DAY_MS + 60_000;
  await until('delivered', ({ length }) => length === 0);
});

test('pages follow one another, newest first', { timeout: 20_000 }, async () => {
  answer(503);
  for (const digit of 'def') await call(`CA${digit.repeat(32)}`);
  const all = await listed();
  assert.equal(all.length, 3);
  assert.equal(all[0]!.call.callId, callId);
  const first = (await (await ask('crm-events?limit=2')).json()) as CrmEventsPage;
  const second = (await (await ask(`crm-events?limit=2&cursor=${first.nextCursor}`)).json()) as CrmEventsPage;
  assert.equal(second.nextCursor, null);
  const ids = (events: KeptCrmEvent[]) => events.map(({ id }) => id);
  assert.deepEqual(ids([...first.events, ...second.events]), ids(all));
});

test('what was given up is forgotten when its days are over', { timeout: 20_000 }, async () => {
  answer(410);
  await call();
  await until('given-up', ({ length }) => length === 1);
  aheadMs = 9 * DAY_MS;
  await delay(100);
  assert.equal((await listed()).length, 1);
  aheadMs = 10 * DAY_MS + 60_000;
  await until('given-up', ({ length }) => length === 0);
});

test('what was told is told again: of a call, of a range of time, by its id', { timeout: 20_000 }, async () => {
  const first = await call();
  const second = await call(`CA${'d'.repeat(32)}`);
  await until('delivered', ({ length }) => length === 2);
  const [later, earlier] = await listed();
  assert.deepEqual([earlier!.call.callId, later!.call.callId], [first, second]);
  const bodies = crm.received.map(({ body }) => body);

  const toldAgain = async (asked: CrmResendRequest, ...expected: KeptCrmEvent[]) => {
    crm.received.length = 0;
    assert.deepEqual(await resend(asked), { resent: expected.length });
    const received = await crm.until((all) => all.length === expected.length);
    assert.deepEqual(new Set(received.map(({ headers }) => headers['almasar-event-id'])), ids(...expected));
    assert.ok(received.every(({ body }) => bodies.includes(body)));
    await until('delivered', ({ length }) => length === 2);
  };
  const ids = (...events: KeptCrmEvent[]) => new Set(events.map(({ id }) => id));
  await toldAgain({ call: first }, earlier!);
  await toldAgain({ call: randomUUID() });
  await toldAgain({ events: [later!.id] }, later!);
  await toldAgain({ from: earlier!.createdAt }, earlier!, later!);
  await toldAgain({ from: earlier!.createdAt, to: later!.createdAt }, earlier!);
  await toldAgain({ from: '2026-01-01T00:00:00Z', to: earlier!.createdAt });
  // All that were given up: none is.
  await toldAgain({ events: 'all' });
  assert.deepEqual(ids(...(await listed(`from=${later!.createdAt}`))), ids(later!));
  assert.deepEqual(ids(...(await listed(`to=${later!.createdAt}`))), ids(earlier!));
  const { entries } = (await (await ask('audit?action=crm-events-resent')).json()) as AuditPage;
  assert.deepEqual(entries.at(-1)!.after, { call: first, resent: 1 });
});

test('told again in vain, an event waits, and behind it what the call has to tell', { timeout: 20_000 }, async () => {
  await call();
  await until('delivered', ({ length }) => length === 1);
  answer(503);
  assert.deepEqual(await resend({ call: callId }), { resent: 1 });
  const [waiting] = await until('waiting', ([event]) => event?.attempts === 1);
  assert.equal(waiting!.deliveredAt, null);
  // What waits is sent anyway, and not at once because somebody asks.
  assert.deepEqual(await resend({ call: callId }), { resent: 0 });
  await service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { note: 'later' } });
  answer(204);
  aheadMs = 60_000;
  const received = await crm.until((all) => all.length === 4);
  assert.deepEqual(
    received.slice(-2).map(({ event }) => event.type),
    ['call.ended', 'call.updated'],
  );
});

test('more than can be sent again at once is refused, and nothing of it is sent', { timeout: 20_000 }, async () => {
  await call();
  await until('delivered', ({ length }) => length === 1);
  const store = await openStore(service.config.databaseUrl);
  const row = await store.db.selectFrom('crm_outbox').selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: MOST_RESENT }, (_, index) => ({ ...row, id: row.id + 1 + index }));
  for (let at = 0; at < copies.length; at += 1000) {
    await store.db
      .insertInto('crm_outbox')
      .values(copies.slice(at, at + 1000))
      .execute();
  }
  const refused = await ask('crm-events/resend', 'admin', { from: row.created_at });
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /10,000/);
  await store.db.deleteFrom('crm_outbox').where('id', '=', copies.at(-1)!.id).execute();
  await store.close();
  crm.answer = () => {};
  assert.deepEqual(await resend({ from: row.created_at }), { resent: MOST_RESENT });
});

test('for admins only, and not there where the CRM is told nothing', async () => {
  assert.equal((await ask('crm-events', 'supervisor')).status, 403);
  assert.equal((await ask('crm-events/resend', 'agent', { events: 'all' })).status, 403);
  assert.equal((await ask('crm-events?state=lost')).status, 400);
  for (const asked of [{ events: ['no id'] }, { call: 'none' }, { to: '2026-01-01T00:00:00Z' }, {}]) {
    assert.equal((await ask('crm-events/resend', 'admin', asked)).status, 400, JSON.stringify(asked));
  }
  const silent = await startTestService();
  assert.equal((await silent.asAgent('/api/calls/crm-events', { role: 'admin' })).status, 404);
  await silent.remove();
});
