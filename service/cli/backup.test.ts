import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CallPage } from '../contract.ts';
import { createService } from '../service.ts';
import { crmToken, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

function run(service: TestService, command: 'backup' | 'restore', ...parameters: string[]) {
  const program = fileURLToPath(new URL(`${command}.ts`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: service.directory,
    env: { DATABASE_URL: service.config.databaseUrl },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

const sid = (index: number) => `CA${String(index).padStart(32, '0')}`;

test('a backup made while calls come in brings the log back as it was', async () => {
  const service = await startTestService();
  await placeCall(service, sid(1));
  const copy = join(service.directory, 'backups', 'monday.db');
  const made = run(service, 'backup', copy);
  assert.equal(made.status, 0, made.said);
  await placeCall(service, sid(2));

  const refused = run(service, 'restore', copy);
  assert.equal(refused.status, 1);
  assert.match(refused.said, /in use: stop the service first/);

  await service.close();
  const restored = run(service, 'restore', copy);
  assert.equal(restored.status, 0, restored.said);
  const again = await createService(service.config);
  const answer = await again.app.request('/api/calls', { headers: { authorization: `Bearer ${await crmToken()}` } });
  assert.equal(((await answer.json()) as CallPage).calls.length, 1);
  await again.close();
  assert.ok(readdirSync(service.directory).some((name) => name.startsWith('calls.db.before-restore-')));
  await service.remove();
});

test('what cannot be backed up or restored is said, and nothing is overwritten', async () => {
  const service = await startTestService();
  const notOurs = join(service.directory, 'notes.db');
  writeFileSync(notOurs, 'These are notes. '.repeat(100));
  mkdirSync(join(service.directory, 'there'));
  for (const [parameters, reason] of [
    [['backup'], /Say where to/],
    [['backup', notOurs], /exists: choose another name/],
    [['restore'], /Say what to restore/],
    [['restore', notOurs], /not a SQLite database/],
    [['restore', join(service.directory, 'none.db')], /There is no file/],
  ] as const) {
    const [command, ...rest] = parameters;
    const { status, said } = run(service, command, ...rest);
    assert.equal(status, 1);
    assert.match(said, reason);
  }
  await service.remove();
});
