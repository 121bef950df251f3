import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { ErrorAnswer } from '../contract.ts';
import { hearEvents } from '../testing/heard-events.ts';
import { reportPhone } from '../testing/phones.ts';
import { PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
let time = Date.now();
before(async () => {
  service = await startTestService({}, { clock: () => new Date(time), backgroundEveryMs: 20 });
});
after(() => service.remove());

const window = (phase: string) => ({ place: 'window' as const, state: { phase } });

function command(sub: string, holder: string, id = randomUUID()) {
  const body = { holder, id, method: 'dial', args: ['+201001234500', { name: 'سارة' }] };
  return service.asAgent('/api/calls/phone/commands', { sub, method: 'POST', body });
}

test('the phone window is told to the agent’s streams: at once, at each report, and when it is gone', async () => {
  const sub = 'agent1';
  const early = await hearEvents(service, { sub });
  assert.deepEqual(early.messages(), [{ event: 'phone', id: '0', data: null }]);
  const holder = await reportPhone(service, { sub }, window('idle'));
  await early.until('"idle"');
  const late = await hearEvents(service, { sub });
  assert.deepEqual(late.messages()[0]!.data, { holder, available: true, ...window('idle') });
  await reportPhone(service, { sub }, { holder, ...window('open'), available: false });
  await late.until('"open"');
  const stranger = await service.asAgent(`/api/calls/phone?holder=${holder}`, { sub: 'karim', method: 'DELETE' });
  assert.equal(stranger.status, 204);
  const gone = await service.asAgent(`/api/calls/phone?holder=${holder}`, { sub, method: 'DELETE' });
  assert.equal(gone.status, 204);
  await late.until('data: null');
  assert.equal(late.messages().length, 3);
  for (const stream of [early, late]) await stream.stop();
});

test('a page that has just opened is told of the window, and takes its place once that is silent', async () => {
  const sub = 'agent2';
  const stream = await hearEvents(service, { sub });
  const holder = await reportPhone(service, { sub }, window('idle'));
  await stream.until('"idle"');
  const page = await reportPhone(service, { sub });
  assert.equal((await command(sub, holder)).status, 202);
  assert.equal((await command(sub, page)).status, 409);
  await stream.find(({ event }) => event === 'phone-command');
  time += 45_000;
  await reportPhone(service, { sub }, { holder: page });
  assert.equal((await command(sub, holder)).status, 409);
  await reportPhone(service, { sub }, window('back'));
  await stream.until('"back"');
  const told = stream.messages().filter(({ event }) => event === 'phone');
  const phases = told.map(({ data }) => (data as { state: { phase: string } } | null)?.state.phase);
  assert.deepEqual(phases, [undefined, 'idle', 'idle', undefined, 'back']);
  // Gone, says a window that is not the phone any more.
  await service.asAgent(`/api/calls/phone?holder=${holder}`, { sub, method: 'DELETE' });
  assert.notEqual((await hearEvents(service, { sub })).messages()[0]!.data, null);
  await stream.stop();
});

test('a window that falls silent is gone after 45 s, and says so', async () => {
  const sub = 'agent3';
  const stream = await hearEvents(service, { sub });
  const holder = await reportPhone(service, { sub }, window('idle'));
  time += 44_999;
  assert.equal((await command(sub, holder)).status, 202);
  time += 1;
  assert.equal((await command(sub, holder)).status, 409);
  await stream.find(({ event }) => event === 'phone-command');
  let nulls = 0;
  await stream.find(({ data }) => data === null && (nulls += 1) > 1);
  await stream.stop();
});

test('a command reaches the streams of the same agent, as it was sent', async () => {
  const [own, other] = [await hearEvents(service, { sub: 'agent4' }), await hearEvents(service, { sub: 'agent5' })];
  const holder = await reportPhone(service, { sub: 'agent4' }, window('idle'));
  const theirs = await reportPhone(service, { sub: 'agent5' }, window('other'));
  const id = randomUUID();
  // To a colleague's phone, by its very name: as if there were none.
  const stolen = await command('agent4', theirs);
  assert.equal(stolen.status, 409);
  assert.equal(((await stolen.json()) as ErrorAnswer).code, 'phone-gone');
  assert.equal((await command('agent4', holder, id)).status, 202);
  const heard = await own.find(({ event }) => event === 'phone-command');
  assert.deepEqual(heard, {
    event: 'phone-command',
    id: undefined,
    data: { holder, id, method: 'dial', args: ['+201001234500', { name: 'سارة' }] },
  });
  await reportPhone(service, { sub: 'agent5' }, { holder: theirs, ...window('last') });
  await other.until('"last"');
  assert.ok(other.messages().every(({ event }) => event === 'phone'));
  for (const stream of [own, other]) await stream.stop();
});

test('what is no report or no command is refused in words; a state may be 16 KiB', async () => {
  const report = { holder: randomUUID(), place: 'window', available: true };
  const put = async (body: unknown) =>
    (await service.asAgent('/api/calls/phone', { sub: 'agent6', method: 'PUT', body })).status;
  const filler = 16 * 1024 - JSON.stringify({ a: '' }).length;
  assert.equal(await put({ ...report, state: { a: 'x'.repeat(filler) } }), 204);
  assert.equal(await put({ ...report, state: { a: 'x'.repeat(filler + 1) } }), 413);
  assert.equal(await put({ ...report, state: 'idle' }), 400);
  assert.equal(await put({ ...report, holder: 'me', state: null }), 400);
  const bad = { holder: report.holder, id: randomUUID(), method: 'no such;', args: [] };
  const answer = await service.asAgent('/api/calls/phone/commands', { sub: 'agent6', method: 'POST', body: bad });
  assert.equal(answer.status, 400);
  assert.equal((await service.asAgent('/api/calls/phone?holder=x', { method: 'DELETE' })).status, 400);
  const unsigned = await service.app.request('/api/calls/phone/commands', { method: 'POST' });
  assert.equal(unsigned.status, 401);
});

test('a supervisor hears of every agent’s calls, once, but of nobody else’s phone', async () => {
  const boss = await hearEvents(service, { sub: 'boss', role: 'supervisor' });
  await reportPhone(service, { sub: 'mona' }, window('idle'));
  const { callId } = await placeCall(service);
  // Heard before it ends: a node that is slow to hear of both would tell of the end alone.
  await boss.until('"dialing"');
  await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
  await boss.until('"ended"');
  const calls = boss.messages().filter(({ event }) => event === 'call');
  assert.deepEqual(
    calls.map(({ data }) => (data as { callId: string }).callId),
    [callId, callId],
  );
  assert.equal(boss.messages().filter(({ event }) => event === 'phone').length, 1);
  await boss.stop();
});
