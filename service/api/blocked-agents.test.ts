import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuditPage, BlockedAgent, BlockedAgents } from '../admin-contract.ts';
import type { ErrorAnswer } from '../contract.ts';
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

const PATH = '/api/calls/blocked-agents';
const admin = { sub: 'hoda', role: 'admin' };
const block = (agentId: string, query = '', body: unknown = { reason: 'A stolen laptop' }) =>
  service.asAgent(`${PATH}/${encodeURIComponent(agentId)}${query}`, { ...admin, method: 'PUT', body });
const allow = (agentId: string) =>
  service.asAgent(`${PATH}/${encodeURIComponent(agentId)}`, { ...admin, method: 'DELETE' });
const codeOf = async (answer: Response) => ((await answer.json()) as ErrorAnswer).code;

test('only an admin reads or changes the list', async () => {
  for (const role of ['agent', 'supervisor']) {
    for (const [method, path, body] of [
      ['GET', PATH, undefined],
      ['GET', `${PATH}/mona`, undefined],
      ['PUT', `${PATH}/mona`, { reason: 'x' }],
      ['DELETE', `${PATH}/mona`, undefined],
    ] as const) {
      const answer = await service.asAgent(path, { role, method, body });
      assert.equal(answer.status, 403, `${role} ${method} ${path}`);
      assert.equal(await codeOf(answer), 'role-refused');
    }
  }
  assert.equal((await service.asAgent(PATH, admin)).status, 200);
});

test('a blocked agent gets no token, places no call and is rung by none, at once and on every node', async () => {
  const before = await askToCall(service, mobile(1), 'karim');
  assert.equal(before.code, undefined);
  await reportPhone(service, { sub: 'karim' });
  assert.match(await callIn(service, newSid()), /<Identity>karim</);

  const answer = await block('karim');
  assert.equal(answer.status, 200);
  const blocked = (await answer.json()) as BlockedAgent;
  assert.deepEqual([blocked.agentId, blocked.reason, blocked.blockedBy.id], ['karim', 'A stolen laptop', 'hoda']);

  const authorization = `Bearer ${await crmToken({ sub: 'karim' })}`;
  for (const node of [service, other]) {
    const token = await node.app.request('/api/calls/token', { method: 'POST', headers: { authorization } });
    assert.equal(token.status, 403);
    assert.equal(await codeOf(token), 'agent-blocked');
  }
  assert.deepEqual((({ status, code }) => [status, code])(await askToCall(service, mobile(2), 'karim')), [
    403,
    'agent-blocked',
  ]);
  assert.ok(!dials(await twimlOf(service, before.callId, 'karim')), 'an intent of before is worth nothing');
  const check = { CallSid: newSid(), From: 'client:karim', Check: 'echo' };
  assert.doesNotMatch(await (await service.asCarrier('/api/calls/twiml/outbound', check)).text(), /<Record/);
  assert.doesNotMatch(await callIn(service, newSid()), /<Identity>karim</);
  assert.equal((await askToCall(service, mobile(3), 'mona')).code, undefined, 'nobody else is blocked');

  assert.equal((await allow('karim')).status, 204);
  assert.equal((await askToCall(service, mobile(2), 'karim')).code, undefined);
  assert.equal((await allow('karim')).status, 404);
});

test('endCalls ends what the agent has open, and is tried again while the carrier cannot be reached', async () => {
  const [first, sid] = [await askToCall(service, mobile(4), 'nour'), newSid()];
  assert.ok(dials(await twimlOf(service, first.callId, 'nour', sid)));
  const others = newSid();
  assert.ok(dials(await twimlOf(service, (await askToCall(service, mobile(5), 'mona')).callId, 'mona', others)));

  const count = rest.requests.length;
  assert.equal(((await (await block('nour')).json()) as BlockedAgent).endedCalls, undefined);
  assert.equal(rest.requests.length, count, 'without endCalls nothing is ended');

  rest.answer(500);
  const answer = (await (await block('nour', '?endCalls=true')).json()) as BlockedAgent;
  assert.equal(answer.endedCalls, 1);
  rest.answer(200);
  const again = await rest.request(count + 1);
  assert.equal(again.line, `POST Calls/${sid}.json Status=completed`);
  assert.ok(!rest.requests.some(({ line }) => line.includes(others)));
  await allow('nour');
});

test('an agent is named as the CRM names it, in any script; a reason is asked for', async () => {
  assert.equal((await block('منى/شركة.1')).status, 200);
  const found = await service.asAgent(`${PATH}/${encodeURIComponent('منى/شركة.1')}`, admin);
  assert.equal(((await found.json()) as BlockedAgent).agentId, 'منى/شركة.1');
  const { agents } = (await (await service.asAgent(PATH, admin)).json()) as BlockedAgents;
  assert.deepEqual(
    agents.map(({ agentId }) => agentId),
    ['منى/شركة.1'],
  );
  assert.equal((await block('mona', '', { reason: ' ' })).status, 400);
  assert.equal((await block('m'.repeat(200))).status, 400);
  assert.equal((await service.asAgent(`${PATH}/mona`, admin)).status, 404);
});

test('who blocked an agent, and why, and who allowed calls again stands in the audit', async () => {
  await block('samir');
  await allow('samir');
  const answer = await service.asAgent('/api/calls/audit?subject=samir', admin);
  const { entries } = (await answer.json()) as AuditPage;
  assert.deepEqual(
    entries.map(({ action, agent, after }) => [action, agent.id, after]),
    [
      ['agent-unblocked', 'hoda', null],
      ['agent-blocked', 'hoda', { reason: 'A stolen laptop' }],
    ],
  );
});
