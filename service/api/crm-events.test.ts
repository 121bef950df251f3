import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, test } from 'node:test';
import type { AuditPage, CrmEventsPage, KeptCrmEvent } from '../admin-contract.ts';
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
const resend = async (events: 'all' | string[]) =>
  (await (await ask('crm-events/resend', 'admin', { events })).json()) as object;

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

/** A call that ends, which is one event. */
async function call(callSid = PARENT): Promise<void> {
  ({ callId } = await placeCall(service, callSid));
  await service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
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

    assert.deepEqual(await resend([randomUUID()]), { resent: 0 });
    answer(204);
    assert.deepEqual(await resend([event!.id]), { resent: 1 });
    const received = await crm.until((all) => all.length === 2);
    assert.equal(received[1]!.body, received[0]!.body);
    await until('waiting', ({ length }) => length === 0);
    assert.deepEqual(await listed(), []);
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
  assert.deepEqual(await resend('all'), { resent: 2 });
  const waiting = await until('waiting', (events) => events.filter(({ attempts }) => attempts === 1).length === 2);
  assert.ok(waiting.every(({ nextAttemptAt }) => Date.parse(nextAttemptAt!) > Date.now() + aheadMs - 10_000));
  aheadMs += DAY_MS + 60_000;
  await until('given-up', ({ length }) => length === 2);
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

test('for admins only, and not there where the CRM is told nothing', async () => {
  assert.equal((await ask('crm-events', 'supervisor')).status, 403);
  assert.equal((await ask('crm-events/resend', 'agent', { events: 'all' })).status, 403);
  assert.equal((await ask('crm-events?state=lost')).status, 400);
  assert.equal((await ask('crm-events/resend', 'admin', { events: ['no id'] })).status, 400);
  const silent = await startTestService();
  assert.equal((await silent.asAgent('/api/calls/crm-events', { role: 'admin' })).status, 404);
  await silent.remove();
});
