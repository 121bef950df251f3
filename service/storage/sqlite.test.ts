import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { ConfigError } from '../config.ts';
import { createService } from '../service.ts';
import { crmToken, placeCall, startTestService } from '../testing/test-service.ts';
import { openDatabase } from './database.ts';

test('commits are on disk: WAL with synchronous=FULL, and the directory is made, for this user alone', async () => {
  const service = await startTestService();
  const path = join(service.directory, 'made', 'for', 'it.db');
  const db = await openDatabase(path);
  assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
  await sql`INSERT INTO installation (name, value) VALUES ('a', 'b')`.execute(db);
  for (const file of readdirSync(dirname(path))) {
    assert.equal(statSync(join(dirname(path), file)).mode & 0o777, 0o600, file);
  }
  const journal = await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(db);
  const synchronous = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db);
  assert.equal(journal.rows[0]!.journal_mode, 'wal');
  assert.equal(synchronous.rows[0]!.synchronous, 2);
  await db.destroy();
  await service.remove();
});

test('a restart keeps the log and migrates nothing twice', async () => {
  const service = await startTestService();
  const { callId } = await placeCall(service);
  const before = await (await service.asAgent(`/api/calls/${callId}`)).text();
  await service.close();
  const restarted = await createService(service.config);
  const asAgent = { headers: { authorization: `Bearer ${await crmToken()}` } };
  assert.equal(await (await restarted.app.request(`/api/calls/${callId}`, asAgent)).text(), before);
  await restarted.close();
  await service.remove();
});

test('a file that cannot be a database is named, with what to do', async () => {
  const service = await startTestService();
  const notOne = join(service.directory, 'notes.txt');
  writeFileSync(notOne, 'These are notes, and no database. '.repeat(50));
  for (const path of [notOne, service.directory, join(notOne, 'calls.db')]) {
    await assert.rejects(createService({ ...service.config, databaseUrl: `sqlite:${path}` }), (error: ConfigError) => {
      assert.equal(error.name, 'ConfigError');
      assert.ok(error.message.includes(path));
      return true;
    });
  }
  await service.remove();
});
