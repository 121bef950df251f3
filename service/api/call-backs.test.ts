import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuditPage } from '../admin-contract.ts';
import { callBackTimeProblem } from '../calls/call-back-time.ts';
import { CALL_BACK_DAYS, type CallPage, type CallRecord, type ErrorAnswer } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { callIdIn, callIn } from '../testing/inbound-call.ts';
import { askToCall, endCall, newSid, twimlOf } from '../testing/outgoing-calls.ts';
import { reportPhone } from '../testing/phones.ts';
import { crmToken, startTestService, type TestService } from '../testing/test-service.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BOSS = { sub: 'boss', role: 'supervisor' };
const ONE = '+201001234501';
const TWO = '+201001234502';
let service: TestService;
before(async () => {
  service = await startTestService();
});
after(() => service.remove());

function bearerAt(time: number): Promise<string> {
  const issuedAt = Math.floor(time / 1000);
  return crmToken({ issuedAt, expiresAt: issuedAt + 300 });
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

interface Placed {
  callId: string;
  callSid: string;
}

async function call(to: string, sub = 'mona'): Promise<Placed> {
  const callSid = newSid();
  const { callId } = await askToCall(service, to, sub);
  await twimlOf(service, callId, sub, callSid);
  return { callId, callSid };
}

const answered = ({ callSid }: Placed) =>
  service.asCarrier('/api/calls/webhook/status', {
    CallSid: `CA${callSid.slice(2).split('').toReversed().join('')}`,
    ParentCallSid: callSid,
    CallStatus: 'in-progress',
    SequenceNumber: '1',
  });

const patch = (callId: string, body: unknown, agent = {}) =>
  service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body, ...agent });

async function promise(callId: string, callBackAt: string | null, agent = {}): Promise<CallRecord> {
  const answer = await patch(callId, { callBackAt }, agent);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as CallRecord;
}

async function open(agent = {}, query = ''): Promise<CallPage> {
  const answer = await service.asAgent(`/api/calls?callBacks=open${query}`, agent);
  assert.equal(answer.status, 200, await answer.clone().text());
  return (await answer.json()) as CallPage;
}
const openIds = async (agent = {}, query = '') => (await open(agent, query)).calls.map(({ callId }) => callId);

async function recordOf(callId: string): Promise<CallRecord> {
  return (await (await service.asAgent(`/api/calls/${callId}`, BOSS)).json()) as CallRecord;
}

async function deeds(callId: string): Promise<unknown[]> {
  const answer = await service.asAgent(`/api/calls/${callId}/audit`, BOSS);
  return ((await answer.json()) as AuditPage).entries.map(({ agent, before, after }) => ({
    by: agent.id,
    role: agent.role,
    before,
    after,
  }));
}

test('promised, moved, done, not done, taken away: kept, told, and who it was', async () => {
  const sub = 'hoda';
  const { callId, callSid } = await call(ONE, sub);
  await endCall(service, callSid, 20);
  assert.equal('callBack' in (await recordOf(callId)), false);
  const stream = await hearEvents(service, { sub });
  const [first, second] = [inMinutes(15), inMinutes(60)];
  assert.deepEqual((await promise(callId, first, { sub })).callBack, { at: first, doneAt: null });
  await stream.until(`"callBack":{"at":"${first}","doneAt":null}`);
  await stream.stop();
  assert.deepEqual(await openIds({ sub }), [callId]);

  await promise(callId, second, { sub });
  const { callBack: done } = (await (await patch(callId, { callBackDone: true }, { sub })).json()) as CallRecord;
  assert.equal(done!.at, second);
  assert.ok(Math.abs(Date.parse(done!.doneAt!) - Date.now()) < MINUTE);
  assert.deepEqual(await openIds({ sub }), []);
  // A note that is saved anew with the same time does not open it.
  assert.deepEqual((await promise(callId, second, { sub })).callBack, done);
  assert.deepEqual(await openIds({ sub }), []);
  await patch(callId, { callBackDone: false }, { sub });
  assert.deepEqual(await openIds({ sub }), [callId]);
  await patch(callId, { callBackDone: true }, { sub });
  assert.deepEqual((await promise(callId, first, { sub })).callBack, { at: first, doneAt: null });
  const without = await promise(callId, null, { sub });
  assert.equal('callBack' in without, false);
  assert.equal('callBack' in ((await (await patch(callId, { callBackDone: true }, { sub })).json()) as object), false);
  assert.deepEqual(await openIds({ sub }), []);

  const [last, , , , done1] = await deeds(callId);
  assert.deepEqual(last, { by: sub, role: 'agent', before: { callBackAt: first }, after: { callBackAt: null } });
  assert.deepEqual(done1, {
    by: sub,
    role: 'agent',
    before: { callBackDoneAt: null },
    after: { callBackDoneAt: done!.doneAt },
  });
  assert.equal((await deeds(callId)).length, 7);
});

test('a time that is none, before the call or too far ahead is refused, and nothing is kept', async () => {
  const { callId } = await call(ONE, 'sara');
  for (const [callBackAt, code] of [
    [new Date(Date.now() - 2 * DAY).toISOString(), 'call-back-time-refused'],
    [new Date(Date.now() + (CALL_BACK_DAYS + 1) * DAY).toISOString(), 'call-back-time-refused'],
    ['tomorrow', 'invalid-request'],
    ['2026-02-30T10:00:00Z', 'invalid-request'],
    [17, 'invalid-request'],
  ] as const) {
    const answer = await patch(callId, { note: 'x', callBackAt }, { sub: 'sara' });
    assert.equal(answer.status, 400, String(callBackAt));
    const { code: given, message } = (await answer.json()) as ErrorAnswer;
    assert.equal(given, code);
    assert.match(message, /^callBackAt/);
  }
  assert.deepEqual([(await recordOf(callId)).note, await openIds({ sub: 'sara' })], [null, []]);
  // With an offset, it is the same moment.
  const hours = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60 * MINUTE);
  const there = new Date(hours.getTime() + 120 * MINUTE).toISOString().replace('Z', '+02:00');
  assert.equal((await promise(callId, there, { sub: 'sara' })).callBack!.at, hours.toISOString());
});

test('what waited for the service, over a weekend too, may be due by now; nothing is due before its call', () => {
  const now = new Date('2026-11-28T12:00:00Z');
  const problem = (at: string) => callBackTimeProblem(at, '2026-11-25T12:00:00Z', now);
  assert.equal(problem('2026-11-28T11:00:00Z'), undefined);
  assert.equal(problem('2026-11-25T12:00:00Z'), undefined);
  assert.match(problem('2026-11-25T11:59:59Z')!, /before the call/);
  assert.equal(problem('2027-11-29T12:00:00Z'), undefined);
  assert.match(problem('2027-11-29T12:00:01Z')!, /366 days/);
});

test('what was promised while the service was away is kept, note and all, though the time is past', async (t) => {
  let time = Date.now();
  const later = await startTestService({}, { clock: () => new Date(time) });
  t.after(() => later.remove());
  const callId = (await askToCall(later, ONE)).callId;
  await twimlOf(later, callId);
  const [at, before] = [time + MINUTE, time - MINUTE].map((each) => new Date(each).toISOString());
  const ask = async (body: unknown) =>
    await later.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body, bearer: await bearerAt(time) });
  time += 3 * DAY;
  const kept = (await (await ask({ callBackAt: at, note: 'لسه' })).json()) as CallRecord;
  assert.deepEqual([kept.callBack?.at, kept.note], [at, 'لسه']);
  assert.equal((await ask({ callBackAt: before })).status, 400);
});

test('in the order in which they are due, page by page; filters narrow; each agent the own ones, a supervisor all', async () => {
  const [a, b, c] = [await call(ONE, 'nour'), await call(TWO, 'nour'), await call(ONE, 'nour')];
  const other = await call(TWO, 'karim');
  const same = inMinutes(30);
  await promise(a.callId, inMinutes(90), { sub: 'nour' });
  await promise(b.callId, same, { sub: 'nour' });
  await promise(c.callId, same, { sub: 'nour' });
  await promise(other.callId, inMinutes(10), { sub: 'karim' });
  const ties = [b.callId, c.callId].sort();
  assert.deepEqual(await openIds({ sub: 'nour' }), [...ties, a.callId]);
  const all = await openIds(BOSS);
  assert.deepEqual(
    all.filter((id) => [a, b, c, other].some(({ callId }) => callId === id)),
    [other.callId, ...ties, a.callId],
  );
  assert.deepEqual(await openIds(BOSS, '&agent=nour'), [...ties, a.callId]);
  assert.deepEqual(await openIds({ sub: 'nour' }, '&search=4502'), [b.callId]);
  assert.deepEqual(await openIds({ sub: 'nour' }, '&direction=incoming'), []);
  assert.deepEqual(await openIds({ sub: 'nour' }, `&from=${inMinutes(1)}`), []);
  for (const agent of [{ sub: 'nour' }, BOSS]) {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: CallPage = await open(agent, `&limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.calls.map(({ callId }) => callId));
      cursor = page.nextCursor;
    }
    assert.deepEqual(seen, await openIds(agent));
  }
  for (const query of ['callBacks=all', 'callBacks=open&cursor=x']) {
    assert.equal((await service.asAgent(`/api/calls?${query}`)).status, 400, query);
  }
  // A colleague's is nobody else's business; a supervisor's word counts.
  assert.equal((await patch(a.callId, { callBackDone: true }, { sub: 'karim' })).status, 404);
  assert.equal((await patch(a.callId, { callBackDone: true }, BOSS)).status, 200);
  assert.deepEqual(await openIds({ sub: 'nour' }), ties);
});

test('a later answered call of that agent to that number closes it, by the log, and nothing else does', async () => {
  const sub = 'rania';
  const promised = await call(ONE, sub);
  await promise(promised.callId, inMinutes(5), { sub });
  await answered(promised);
  await endCall(service, promised.callSid, 20);
  assert.deepEqual(await openIds({ sub }), [promised.callId], 'the call itself');
  await answered(await call(TWO, sub));
  await answered(await call(ONE, 'karim'));
  await endCall(service, (await call(ONE, sub)).callSid);
  assert.deepEqual(await openIds({ sub }), [promised.callId], 'another number, another agent, nobody answered');

  const stream = await hearEvents(service, { sub });
  const again = await call(ONE, sub);
  assert.deepEqual(await openIds({ sub }), [promised.callId]);
  await answered(again);
  await stream.find(({ data }) => {
    const { callId, callBack } = (data ?? {}) as Partial<CallRecord>;
    return callId === promised.callId && callBack?.doneAt !== null;
  });
  const ids = stream.messages().flatMap(({ id, event }) => (event === 'call' ? Number(id) : []));
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  await stream.stop();
  assert.deepEqual(await openIds({ sub }), []);
  const { callBack } = await recordOf(promised.callId);
  assert.equal(callBack!.doneAt, (await recordOf(again.callId)).answeredAt);
  assert.deepEqual((await deeds(promised.callId))[0], {
    by: sub,
    role: null,
    before: { callBackDoneAt: null },
    after: { callBackDoneAt: callBack!.doneAt, calledBackBy: again.callId },
  });
  // Promised anew, it is not closed by what is still heard of the call before.
  await promise(promised.callId, inMinutes(50), { sub });
  await endCall(service, again.callSid, 30);
  assert.deepEqual(await openIds({ sub }), [promised.callId]);
});

test('a call that was made before the promise does not keep it, however late its answer is heard of', async () => {
  const sub = 'samir';
  const promised = await call(ONE, sub);
  await promise(promised.callId, inMinutes(5), { sub });
  const early = await call(ONE, sub);
  await promise(promised.callId, inMinutes(10), { sub });
  await answered(early);
  assert.deepEqual(await openIds({ sub }), [promised.callId], 'promised anew since');
  await patch(promised.callId, { callBackDone: true }, { sub });
  const between = await call(ONE, sub);
  await patch(promised.callId, { callBackDone: false }, { sub });
  await answered(between);
  assert.deepEqual(await openIds({ sub }), [promised.callId], 'opened anew since');
  await patch(promised.callId, { note: 'لسه' }, { sub });
  await answered(await call(ONE, sub));
  assert.deepEqual(await openIds({ sub }), []);
});

test('of a customer’s call that nobody took, whoever of those who were rung calls back', async () => {
  for (const sub of ['ali', 'omar']) await reportPhone(service, { sub });
  const sid = newSid();
  await callIn(service, sid, TWO);
  await service.asCarrier('/api/calls/webhook/status', { CallSid: sid, CallStatus: 'completed' });
  const [missed] = ((await (await service.asAgent('/api/calls?limit=1', { sub: 'ali' })).json()) as CallPage).calls;
  await promise(missed!.callId, inMinutes(5), { sub: 'ali' });
  assert.deepEqual(
    [await openIds({ sub: 'ali' }), await openIds({ sub: 'omar' })],
    [[missed!.callId], [missed!.callId]],
  );
  await answered(await call(TWO, 'omar'));
  assert.deepEqual([await openIds({ sub: 'ali' }), await openIds({ sub: 'omar' })], [[], []]);
});

/** A customer's call that rings; `taken` by an agent's phone, or by the telephone that calls are forwarded to. */
async function calledIn(from: string, taken?: string): Promise<Placed> {
  const callSid = newSid();
  const callId = callIdIn(await callIn(service, callSid, from));
  if (taken) await taking(callSid, taken);
  return { callId, callSid };
}

const taking = (callSid: string, to: string) =>
  service.asCarrier('/api/calls/webhook/status', {
    CallSid: newSid(),
    ParentCallSid: callSid,
    CallStatus: 'in-progress',
    To: to,
    SequenceNumber: '1',
  });

test('the customer calls in himself: who answers has kept the promise, a colleague has not kept theirs', async () => {
  const number = '+201001234503';
  for (const sub of ['yara', 'adel']) await reportPhone(service, { sub });
  const [own, colleagues] = [await call(number, 'yara'), await call(number, 'adel')];
  await promise(own.callId, inMinutes(5), { sub: 'yara' });
  await promise(colleagues.callId, inMinutes(5), { sub: 'adel' });
  const { callId, callSid } = await calledIn(number);
  assert.deepEqual(await openIds({ sub: 'yara' }), [own.callId], 'it rings');
  await taking(callSid, '+201009999999');
  assert.deepEqual(await openIds({ sub: 'yara' }), [own.callId], 'a telephone outside took it');
  const answeredIn = await calledIn(number, 'client:yara');
  assert.deepEqual(await openIds({ sub: 'yara' }), []);
  assert.deepEqual(await openIds({ sub: 'adel' }), [colleagues.callId]);
  const { callBack } = await recordOf(own.callId);
  assert.equal(callBack!.doneAt, (await recordOf(answeredIn.callId)).answeredAt);
  assert.notEqual(callId, answeredIn.callId);
  assert.deepEqual((await deeds(own.callId))[0], {
    by: 'yara',
    role: null,
    before: { callBackDoneAt: null },
    after: { callBackDoneAt: callBack!.doneAt, calledBackBy: answeredIn.callId },
  });
  await endCall(service, answeredIn.callSid, 30);
  // What is promised in that conversation itself is still to come.
  await promise(answeredIn.callId, inMinutes(30), { sub: 'yara' });
  await endCall(service, callSid);
  assert.deepEqual(await openIds({ sub: 'yara' }), [answeredIn.callId]);
});

test('a customer whom nobody had answered is reached by whoever speaks to him first, in either direction', async () => {
  const number = '+201001234504';
  await reportPhone(service, { sub: 'ziad' });
  const missedBy = async () => {
    const { callId, callSid } = await calledIn(number);
    await service.asCarrier('/api/calls/webhook/status', { CallSid: callSid, CallStatus: 'completed' });
    await promise(callId, inMinutes(5), { sub: 'ziad' });
    return callId;
  };
  await missedBy();
  await answered(await call(number, 'farida'));
  assert.deepEqual(await openIds({ sub: 'ziad' }), []);
  await missedBy();
  await reportPhone(service, { sub: 'laila' });
  await calledIn(number, 'client:laila');
  assert.deepEqual(await openIds({ sub: 'ziad' }), []);
});

test('callers who withhold their number are not one customer', async () => {
  await reportPhone(service, { sub: 'ziad' });
  const hidden = await calledIn('anonymous', 'client:ziad');
  await promise(hidden.callId, inMinutes(5), { sub: 'ziad' });
  await calledIn('anonymous', 'client:ziad');
  assert.deepEqual(await openIds({ sub: 'ziad' }), [hidden.callId]);
});

test('how many there are, and how many of them due, is said of all pages on the first', async () => {
  const sub = 'dina';
  const calls = [await call(ONE, sub), await call(TWO, sub), await call(ONE, sub)];
  const due = new Date(Date.now() + 20).toISOString();
  await promise(calls[0]!.callId, due, { sub });
  for (const { callId } of calls.slice(1)) await promise(callId, inMinutes(30), { sub });
  while (new Date().toISOString() <= due) await new Promise((resolve) => setTimeout(resolve, 5));
  const first = await open({ sub }, '&limit=1');
  assert.deepEqual(first.callBacks, { open: 3, due: 1 });
  assert.equal((await open({ sub }, `&limit=1&cursor=${first.nextCursor}`)).callBacks, undefined);
  assert.deepEqual((await open({ sub }, '&search=4502')).callBacks, { open: 1, due: 0 });
  assert.deepEqual((await open({ sub: 'boss2' }, '')).callBacks, { open: 0, due: 0 });
  assert.deepEqual((await open(BOSS, `&agent=${sub}`)).callBacks, { open: 3, due: 1 });
  const all = (await open(BOSS, '&limit=100')).calls.length;
  assert.equal((await open(BOSS, '&limit=1')).callBacks!.open, all);
  const answer = await service.asAgent('/api/calls?limit=1', { sub });
  assert.equal('callBacks' in ((await answer.json()) as object), false);
});

test('a supervisor’s own log is that of an agent: the own calls, and those that are everybody’s', async () => {
  const mine = await call(ONE, BOSS.sub);
  await promise(mine.callId, inMinutes(5), BOSS);
  assert.deepEqual(await openIds(BOSS, '&log=own'), [mine.callId]);
  const own = async (agent: object) => {
    const { calls } = (await (await service.asAgent('/api/calls?log=own', agent)).json()) as CallPage;
    return calls.map(({ callId }) => callId);
  };
  assert.deepEqual(await own(BOSS), [mine.callId]);
  assert.ok((await own({ sub: 'dina' })).length === 3);
  assert.equal((await service.asAgent('/api/calls?log=all', BOSS)).status, 400);
  const csv = await (await service.asAgent('/api/calls.csv?log=own', BOSS)).text();
  assert.equal(csv.trim().split('\n').length, 2);
});
