import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SessionAnswer, SettingsAnswer } from '../../contract.ts';
import { createLogger } from '../../logger.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';
import { warnOfDevMode } from './dev.ts';

let service: TestService;
let log = '';
const settings = { AUTH_MODE: 'dev', CRM_JWT_SECRET: undefined, PUBLIC_URL: 'http://localhost:3000' };
before(async () => {
  const logger = createLogger('warn', { destination: { write: (line: string) => (log += line) } });
  service = await startTestService(settings, { logger });
});
after(() => service.remove());

async function who(headers: Record<string, string>, host = 'localhost:3000'): Promise<SettingsAnswer | number> {
  const answer = await service.app.request(`http://${host}/api/calls/settings`, { headers });
  return answer.ok ? ((await answer.json()) as SettingsAnswer) : answer.status;
}

test('in dev mode an agent is who the request says, and the page is told', async () => {
  const said: [Record<string, string>, string, string][] = [
    [{ authorization: 'Bearer dev' }, 'dev', 'agent'],
    [{ authorization: 'Bearer dev.mona' }, 'mona', 'agent'],
    [{ authorization: 'Bearer dev.mona.said.supervisor' }, 'mona.said', 'supervisor'],
    [{ 'x-dev-agent': 'mona' }, 'mona', 'agent'],
    [{ 'x-dev-agent': 'mona.admin' }, 'mona', 'admin'],
  ];
  for (const [headers, id, role] of said) {
    const answer = await who(headers);
    assert.ok(typeof answer === 'object');
    assert.deepEqual([answer.agent?.id, answer.role, answer.dev], [id, role, true]);
  }
  assert.match(log, /"level":40.*AUTH_MODE is dev/);
});

test('something must be said, that a page of another origin may not say unasked, under this machine’s own name', async () => {
  for (const headers of [
    {},
    { origin: 'https://evil.example.com' },
    { authorization: 'Bearer mona' },
    { 'x-dev-agent': 'a b' },
  ]) {
    assert.equal(await who(headers), 401);
  }
  assert.equal(await who({ 'x-dev-agent': 'mona' }, 'evil.example.com'), 401);
  assert.equal(typeof (await who({ 'x-dev-agent': 'mona' }, '127.0.0.1:3000')), 'object');
});

test('the phone window’s session works as ever', async () => {
  const answer = await service.asAgent('/api/calls/phone/session', { method: 'POST', bearer: 'dev.mona' });
  const { token } = (await answer.json()) as SessionAnswer;
  const mona = await who({ authorization: `Bearer ${token}` });
  assert.ok(typeof mona === 'object' && mona.agent?.id === 'mona');
});

test('the log says so every minute, until the service closes', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let lines = 0;
  const closing = new AbortController();
  warnOfDevMode(createLogger('warn', { destination: { write: () => (lines += 1) } }), closing.signal);
  assert.equal(lines, 1);
  t.mock.timers.tick(180_000);
  assert.equal(lines, 4);
  closing.abort();
  t.mock.timers.tick(180_000);
  assert.equal(lines, 4);
});
