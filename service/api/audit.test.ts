import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuditPage } from '../admin-contract.ts';
import type { CallRecord } from '../contract.ts';
import { openStore } from '../storage/store.ts';
import { PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';
import { identityOf, subOf } from '../calls/identity.ts';

const ADMIN = { sub: 'root', role: 'admin' };
let service: TestService;
let callId: string;

before(async () => {
  // Nobody is there: a recording is opened although it cannot be asked whether it is encrypted.
  service = await startTestService({ TWILIO_API_BASE_URL: 'http://127.0.0.1:1' });
  ({ callId } = await placeCall(service));
  await service.asCarrier('/api/calls/webhook/recording', {
    CallSid: PARENT,
    RecordingSid: RECORDING,
    RecordingStatus: 'completed',
    RecordingDuration: '5',
    RecordingChannels: '2',
  });
});
after(() => service.remove());

async function audit(query = ''): Promise<AuditPage> {
  const answer = await service.asAgent(`/api/calls/audit?${query}`, ADMIN);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as AuditPage;
}
const patch = (body: object, sub = 'mona') => service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body, sub });

test('a note and a disposition: what was, what is, who and in which request; a change that changes nothing is none', async () => {
  const answer = await patch({ note: 'يتصل بكرة' });
  await patch({ note: 'يتصل بكرة' });
  await patch({ note: null, disposition: 'sale' });
  const { entries } = await audit(`subject=${callId}`);
  assert.deepEqual(
    entries.map(({ agent, action, before, after }) => ({ agent, action, before, after })),
    [
      {
        agent: { id: 'mona', role: 'agent' },
        action: 'call-changed',
        before: { note: 'يتصل بكرة', disposition: null },
        after: { note: null, disposition: 'sale' },
      },
      {
        agent: { id: 'mona', role: 'agent' },
        action: 'call-changed',
        before: { note: null },
        after: { note: 'يتصل بكرة' },
      },
    ],
  );
  assert.equal(entries[1]!.requestId, answer.headers.get('x-request-id'));
});

test('a recording that is opened, and one that is deleted', async () => {
  await service.asAgent(`/api/calls/${callId}/recordings/${RECORDING}`);
  const boss = { sub: 'boss', role: 'supervisor' };
  const answer = await service.asAgent(`/api/calls/${callId}/recordings/${RECORDING}`, { ...boss, method: 'DELETE' });
  assert.equal(answer.status, 204);
  const { entries } = await audit(`subject=${callId}/${RECORDING}`);
  assert.deepEqual(
    entries.map(({ action, agent }) => [action, agent.id, agent.role]),
    [
      ['recording-deleted', 'boss', 'supervisor'],
      ['recording-opened', 'mona', 'agent'],
    ],
  );
});

test('of one call: what was done with it and its recordings, for supervisors too', async () => {
  const { callId: other } = await placeCall(service, `CA${'e'.repeat(32)}`);
  await service.asAgent(`/api/calls/${other}`, { method: 'PATCH', body: { note: 'غيرها' } });
  const all = (await audit()).entries;
  const ofThis = all.filter(({ subject }) => subject.startsWith(callId));
  assert.ok(ofThis.length >= 4 && ofThis.length < all.length);
  for (const role of ['supervisor', 'admin']) {
    const answer = await service.asAgent(`/api/calls/${callId}/audit`, { sub: 'boss', role });
    assert.deepEqual(((await answer.json()) as AuditPage).entries, ofThis);
  }
  assert.equal((await service.asAgent(`/api/calls/${callId}/audit`)).status, 403);
  assert.equal((await service.asAgent(`/api/calls/${callId}/audit`, { sub: 'karim' })).status, 404);
  const nobodys = callId.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  assert.equal((await service.asAgent(`/api/calls/${nobodys}/audit`, ADMIN)).status, 404);
});

test('what is refused leaves nothing', async () => {
  const before = await audit();
  assert.equal((await patch({ note: 'x' }, 'karim')).status, 404);
  assert.equal((await patch({ disposition: 'no such' })).status, 422);
  assert.deepEqual(await audit(), before);
});

test('filters narrow, and pages follow one another', async () => {
  const all = (await audit()).entries;
  assert.ok(all.length >= 4);
  assert.deepEqual(
    (await audit('agent=boss')).entries,
    all.filter(({ agent }) => agent.id === 'boss'),
  );
  assert.deepEqual(
    (await audit('action=call-changed')).entries,
    all.filter((each) => each.action === 'call-changed'),
  );
  assert.deepEqual((await audit(`to=${all.at(-1)!.at}`)).entries, []);
  assert.deepEqual((await audit(`from=${all.at(-1)!.at}`)).entries, all);
  const found: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: AuditPage = await audit(`limit=2&cursor=${cursor}`);
    found.push(...page.entries);
    cursor = page.nextCursor;
    await patch({ note: `of page ${cursor}` });
  }
  assert.deepEqual(found, all);
});

test('for admins only', async () => {
  for (const role of ['agent', 'supervisor']) {
    assert.equal((await service.asAgent('/api/calls/audit', { sub: 'boss', role })).status, 403, role);
  }
  assert.equal((await service.asAgent('/api/calls/audit?cursor=x', ADMIN)).status, 400);
  assert.equal(((await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord).callId, callId);
});

test('an identity leads back to its user', () => {
  for (const sub of ['mona', 'a.b', 'a_b', 'منى@crm.example', '😀']) assert.equal(subOf(identityOf(sub)), sub);
});

test('what cannot be written down is not done', async () => {
  const own = await startTestService();
  const admin = { sub: 'hoda', role: 'admin' };
  const [stopped, blocked] = ['/api/calls/outgoing-stop', '/api/calls/blocked-agents/mona'];
  const change = (path: string, method: string) =>
    own.asAgent(path, { ...admin, method, ...(method === 'PUT' && { body: { reason: 'x' } }) });
  const stands = async () =>
    [await own.asAgent(stopped, admin), await own.asAgent(blocked, admin)].map((a) => a.status);
  const store = await openStore(own.config.databaseUrl);
  const rename = (from: string, to: string) => store.db.schema.alterTable(from).renameTo(to).execute();
  for (const [method, expected] of [
    ['PUT', [404, 404]],
    ['DELETE', [200, 200]],
  ] as const) {
    await rename('audit', 'audit_away');
    for (const path of [stopped, blocked]) assert.ok((await change(path, method)).status >= 500);
    await rename('audit_away', 'audit');
    assert.deepEqual(await stands(), expected, method);
    for (const path of [stopped, blocked]) assert.ok((await change(path, method)).status < 300);
  }
  assert.deepEqual(await stands(), [404, 404]);
  await store.close();
  await own.remove();
});
