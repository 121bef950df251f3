import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { AuditPage, OutgoingStop } from '../admin-contract.ts';
import type { CallRecord, ErrorAnswer } from '../contract.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { Service } from '../service.ts';
import { callIn } from '../testing/inbound-call.ts';
import { askToCall, dials, mobile, newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { reportPhone } from '../testing/phones.ts';
import type { RestStub } from '../testing/rest-stub.ts';
import { crmToken, type TestService } from '../testing/test-service.ts';
import { startTwoNodes, type TwoNodes } from '../testing/two-nodes.ts';

let rest: RestStub;
let service: TestService;
/** Another node of the same service: the same database, and nothing else in common. */
let other: Service;
let nodes: TwoNodes;
before(async () => ({ rest, service, other } = nodes = await startTwoNodes()));
after(() => nodes.close());

const PATH = '/api/calls/outgoing-stop';
const admin = { sub: 'hoda', role: 'admin' };
const stop = (query = '', body: unknown = { reason: 'Calls to Cuba' }) =>
  service.asAgent(PATH + query, { ...admin, method: 'PUT', body });
const allow = () => service.asAgent(PATH, { ...admin, method: 'DELETE' });
afterEach(() => allow());

async function askOther(to: string): Promise<Response> {
  const headers = { authorization: `Bearer ${await crmToken({ sub: 'nour' })}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ callId: crypto.randomUUID(), to });
  return other.app.request('/api/calls', { method: 'POST', headers, body });
}

/** Of a node that has not been asked in the last moment: it keeps its answer for half a second. */
async function readiness(node: Service, status: string): Promise<Readiness> {
  for (;;) {
    const answer = await node.app.request('/readyz');
    const ready = (await answer.json()) as Readiness;
    if (ready.checks.outgoing.status === status) return ready;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('only an admin stops and allows calls, with a reason', async () => {
  for (const role of ['agent', 'supervisor']) {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? { reason: 'x' } : undefined;
      const answer = await service.asAgent(PATH, { role, method, body });
      assert.equal(answer.status, 403, `${role} ${method}`);
      assert.equal(((await answer.json()) as ErrorAnswer).code, 'role-refused');
    }
  }
  assert.equal((await stop('', { reason: ' ' })).status, 400);
  assert.equal((await service.asAgent(PATH, admin)).status, 404);
  assert.equal((await allow()).status, 404);
});

test('a stop holds at once, on every node, at both questions; customers’ calls go on', async () => {
  const before = await askToCall(service, mobile(1), 'karim');
  assert.equal(before.code, undefined);
  await reportPhone(service, { sub: 'karim' });
  assert.equal((await readiness(service, 'ok')).checks.outgoing.stoppedAt, null);

  const stopped = (await (await stop()).json()) as OutgoingStop;
  assert.deepEqual([stopped.reason, stopped.stoppedBy.id, stopped.endedCalls], ['Calls to Cuba', 'hoda', undefined]);
  assert.deepEqual(await (await service.asAgent(PATH, admin)).json(), stopped);

  for (const answer of [await askOther(mobile(2)), await askOther(mobile(3))]) {
    assert.equal(answer.status, 403);
    assert.equal(((await answer.json()) as ErrorAnswer).code, 'outgoing-stopped');
  }
  const twiml = await twimlOf(service, before.callId, 'karim');
  assert.ok(!dials(twiml), 'an intent of before is worth nothing');
  assert.match(twiml, /<Say/);
  const record = (await (await service.asAgent(`/api/calls/${before.callId}`, { sub: 'karim' })).json()) as CallRecord;
  assert.deepEqual([record.outcome, record.refusal], ['failed', 'outgoing-stopped']);
  assert.match(await callIn(service, newSid()), /<Identity>karim</);
  for (const node of [service, other]) {
    const ready = await readiness(node, 'warning');
    assert.deepEqual([ready.status, ready.checks.outgoing.stoppedAt], ['ready', stopped.stoppedAt]);
  }

  assert.equal((await allow()).status, 204);
  assert.equal((await askOther(mobile(2))).status, 201);
  await readiness(other, 'ok');
});

test('endCalls ends everybody’s outgoing calls, and is tried again while the carrier cannot be reached', async () => {
  const sids = [newSid(), newSid()];
  for (const [index, sub] of ['nour', 'mona'].entries()) {
    const { callId } = await askToCall(service, mobile(10 + index), sub);
    assert.ok(dials(await twimlOf(service, callId, sub, sids[index])));
  }
  await reportPhone(service, { sub: 'karim' });
  const incoming = newSid();
  assert.match(await callIn(service, incoming), /<Identity>karim</);

  const count = rest.requests.length;
  await stop();
  assert.equal(rest.requests.length, count, 'without endCalls nothing is ended');
  rest.answer(500);
  const { endedCalls } = (await (await stop('?endCalls=true')).json()) as OutgoingStop;
  assert.equal(endedCalls, 2);
  rest.answer(200);
  const again = [await rest.request(count + 2), await rest.request(count + 3)];
  assert.deepEqual(
    new Set(again.map(({ line }) => line)),
    new Set(sids.map((sid) => `POST Calls/${sid}.json Status=completed`)),
  );
  assert.ok(!rest.requests.some(({ line }) => line.includes(incoming)));
});

test('who stopped all calls, and why, and who allowed them again stands in the audit', async () => {
  await stop('', { reason: 'An odd night' });
  await allow();
  const answer = await service.asAgent('/api/calls/audit?action=outgoing-stopped', admin);
  const allowed = await service.asAgent('/api/calls/audit?action=outgoing-allowed', admin);
  const [last] = ((await answer.json()) as AuditPage).entries;
  assert.deepEqual([last!.agent.id, last!.subject, last!.after], ['hoda', '', { reason: 'An odd night' }]);
  assert.equal(((await allowed.json()) as AuditPage).entries[0]!.agent.id, 'hoda');
});
