import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { CallPage, CallRecord, ErrorAnswer, SettingsAnswer } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { callIn } from '../testing/inbound-call.ts';
import { reportPhone } from '../testing/phones.ts';
import { startTestService, type TestService } from '../testing/test-service.ts';

const sid = (number: number) => `CA${number.toString(16).padStart(32, '0')}`;
const MINUTE = 60_000;

let service: TestService;
let time = Date.now();
after(() => service.remove());

/** The token is of now, the call of the clock. */
async function dial(sub: string, to: string, customerName: string, callSid: string, outcome?: string): Promise<string> {
  const callId = randomUUID();
  await service.asAgent('/api/calls', { sub, method: 'POST', body: { callId, to, customerName } });
  await service.asCarrier('/api/calls/twiml/outbound', { CallSid: callSid, From: `client:${sub}`, CallId: callId });
  const child = { CallSid: callSid.replace('CA0', 'CAf'), ParentCallSid: callSid, SequenceNumber: '2' };
  if (outcome) await service.asCarrier('/api/calls/webhook/status', { ...child, CallStatus: outcome });
  return callId;
}

async function page(query: string, agent = {}): Promise<CallRecord[]> {
  const answer = await service.asAgent(`/api/calls?${query}`, agent);
  assert.equal(answer.status, 200, await answer.clone().text());
  return ((await answer.json()) as CallPage).calls;
}
const names = (calls: CallRecord[]) => calls.map((call) => call.customer.name);
const BOSS = { sub: 'boss', role: 'supervisor' };

before(async () => {
  service = await startTestService({ ALLOWED_COUNTRIES: 'EG,SA' }, { clock: () => new Date(time) });
  const now = time;
  const calls: [string, string, string, string | undefined][] = [
    ['mona', '01001234501', 'أحمد إبراهيم', 'busy'],
    ['mona', '01001234502', 'فاطمة الزهراء', 'completed'],
    ['mona', '+966501234567', 'José García', undefined],
    ['karim', '01001234502', 'فاطمة', 'busy'],
  ];
  for (const [index, [sub, to, name, outcome]] of calls.entries()) {
    time = now + index * MINUTE;
    await dial(sub, to, name, sid(index + 1), outcome);
  }
  time = now + 4 * MINUTE;
  await reportPhone(service, { sub: 'karim' });
  await callIn(service, sid(5), '+201001234502');
  await service.asCarrier('/api/calls/webhook/status', { CallSid: sid(5), CallStatus: 'completed' });
  time = now;
});

test('every filter narrows, and all of them together', async () => {
  assert.deepEqual(names(await page('')), ['José García', 'فاطمة الزهراء', 'أحمد إبراهيم']);
  assert.deepEqual(names(await page('outcome=busy')), ['أحمد إبراهيم']);
  assert.deepEqual(names(await page('direction=incoming', { sub: 'karim' })), ['فاطمة']);
  assert.deepEqual(await page('direction=incoming'), []);
  const at = (minutes: number) => new Date(time + minutes * MINUTE).toISOString();
  assert.deepEqual(names(await page(`from=${at(1)}&to=${at(2)}`)), ['فاطمة الزهراء']);
  assert.deepEqual(names(await page(`to=${at(1)}`)), ['أحمد إبراهيم']);
  // Without milliseconds, it is the same moment.
  const whole = new Date(Math.ceil((time + MINUTE) / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  assert.deepEqual(
    names(await page(`from=${whole}`)),
    ['José García'].concat(time % 1000 === 0 ? ['فاطمة الزهراء'] : []),
  );
  assert.deepEqual(names(await page('search=4502&outcome=answered&direction=outgoing')), ['فاطمة الزهراء']);
  assert.deepEqual(await page('search=4502&outcome=busy'), []);
});

const SEARCHES: [string, string[]][] = [
  ['4501', ['أحمد إبراهيم']],
  ['01001234501', ['أحمد إبراهيم']],
  ['٤٥٠١', ['أحمد إبراهيم']],
  ['0501234567', ['José García']],
  ['450', []],
  ['احمد ابراهيم', ['أحمد إبراهيم']],
  ['إِبراهيـم', ['أحمد إبراهيم']],
  ['فاطمه', ['فاطمة الزهراء']],
  ['garcia', ['José García']],
  ['JOSE', ['José García']],
  ['%', []],
  ['_', []],
  ['', ['José García', 'فاطمة الزهراء', 'أحمد إبراهيم']],
];
for (const [typed, found] of SEARCHES) {
  test(`searching “${typed}” finds ${found.length}`, async () => {
    assert.deepEqual(names(await page(`search=${encodeURIComponent(typed)}`)), found);
  });
}

test('a supervisor sees all, and one agent’s on request; an agent never sees a colleague’s', async () => {
  assert.equal((await page('', BOSS)).length, 5);
  assert.equal((await page('', { ...BOSS, role: 'admin' })).length, 5);
  assert.deepEqual(names(await page('agent=karim', BOSS)), ['فاطمة', 'فاطمة']);
  assert.deepEqual(names(await page('agent=karim&direction=outgoing', BOSS)), ['فاطمة']);
  assert.deepEqual(await page('agent=nobody', BOSS), []);
  assert.equal((await page('agent=karim', { sub: 'mona' })).length, 3);
  const [first] = await page('', { sub: 'karim' });
  assert.equal((await service.asAgent(`/api/calls/${first!.callId}`, BOSS)).status, 200);
  assert.equal((await service.asAgent(`/api/calls/${first!.callId}`)).status, 404);
});

test('pages of a filtered log come one after the other, without gap or repeat', async () => {
  for (const agent of [BOSS, { sub: 'mona' }]) {
    const all = (await page('', agent)).map((call) => call.callId);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await service.asAgent(`/api/calls?limit=1${cursor && `&cursor=${cursor}`}`, agent);
      const next = (await answer.json()) as CallPage;
      seen.push(...next.calls.map((call) => call.callId));
      cursor = next.nextCursor;
    }
    assert.deepEqual(seen, all);
  }
});

test('a query that makes no sense is refused, with the field', async () => {
  for (const query of ['outcome=lost', 'direction=up', 'from=yesterday', 'to=2026-11-24', 'limit=101', 'limit=x']) {
    const answer = await service.asAgent(`/api/calls?${query}`);
    assert.equal(answer.status, 400, query);
    const { message } = (await answer.json()) as ErrorAnswer;
    assert.ok(message.startsWith(`${query.split('=')[0]}: `), message);
  }
});

test('note and disposition: kept, told, apart from what the carrier says, and taken away by null', async () => {
  const callId = await dial('mona', '01001234508', 'نور', sid(8));
  const stream = await hearEvents(service, { sub: 'mona' });
  const patch = (body: unknown, agent = {}) =>
    service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body, ...agent });
  const record = async (answer: Response) => {
    assert.equal(answer.status, 200);
    const { note, disposition, outcome } = (await answer.json()) as CallRecord;
    return { note, disposition, outcome };
  };
  const first = await record(await patch({ note: ' يتصل بكرة ', disposition: 'call-back' }));
  assert.deepEqual(first, { note: 'يتصل بكرة', disposition: 'call-back', outcome: null });
  await stream.until('"call-back"');
  await service.asCarrier('/api/calls/webhook/status', { CallSid: sid(8), CallStatus: 'failed' });
  const later = await record(await service.asAgent(`/api/calls/${callId}`));
  assert.deepEqual(later, { note: 'يتصل بكرة', disposition: 'call-back', outcome: 'failed' });
  assert.equal((await record(await patch({ disposition: null }))).note, 'يتصل بكرة');
  assert.equal((await record(await patch({ note: '' }, BOSS))).note, null);
  assert.deepEqual(await record(await patch({})), { note: null, disposition: null, outcome: 'failed' });
  const unknown = await patch({ disposition: 'teleported' });
  assert.equal(unknown.status, 422);
  assert.equal(((await unknown.json()) as ErrorAnswer).code, 'disposition-unknown');
  assert.equal((await patch({ note: 'x'.repeat(4001) })).status, 400);
  assert.equal((await patch({ note: 'أنا مش موجود' }, { sub: 'karim' })).status, 404);
  assert.equal((await service.asAgent(`/api/calls/${randomUUID()}`, { method: 'PATCH', body: {} })).status, 404);
  await stream.stop();
});

test('settings: dispositions in both languages, and the agents for supervisors only', async () => {
  const settings = async (agent = {}) =>
    (await (await service.asAgent('/api/calls/settings', agent)).json()) as SettingsAnswer;
  const own = await settings();
  assert.equal(own.defaultCountry, 'EG');
  assert.deepEqual(own.callerIds, [{ number: '+20224610000', label: null }]);
  assert.equal(own.role, 'agent');
  assert.deepEqual(own.agent, { id: 'mona', name: 'Mona' });
  assert.deepEqual(own.agents, []);
  assert.equal(own.dispositions.length, 7);
  const supervisors = await settings(BOSS);
  assert.deepEqual(supervisors.agents.map((agent) => agent.id).sort(), ['karim', 'mona']);
});

test('pages of listed origins may use every method of the log', async () => {
  const crm = await startTestService({ CORS_ORIGINS: 'https://crm.example.com' });
  const answer = await crm.app.request('/api/calls/x', {
    method: 'OPTIONS',
    headers: { origin: 'https://crm.example.com', 'access-control-request-method': 'PATCH' },
  });
  const allowed = answer.headers.get('access-control-allow-methods') ?? '';
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) assert.ok(allowed.includes(method), method);
  await crm.remove();
});
