import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { reportPhone } from '../testing/phones.ts';
import { createPostgresDatabase } from '../testing/postgres.ts';
import { CHILD, PARENT, placeCall, startTestService } from '../testing/test-service.ts';
import type { Database } from './schema.ts';

function openBare(url: string): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
}

test('a node goes on as before while a newer one has added to every table; none of its version starts anew', async (t) => {
  const database = await createPostgresDatabase();
  const service = await startTestService({ DATABASE_URL: database.url });
  const db = openBare(database.url);
  t.after(async () => {
    await db.destroy();
    await service.remove();
    await database.drop();
  });

  async function anHour(): Promise<void> {
    await reportPhone(service, {}, { place: 'window' });
    const { callId } = await placeCall(service);
    const leg = { CallSid: CHILD, ParentCallSid: PARENT, SequenceNumber: '1' };
    const told = await service.asCarrier('/api/calls/webhook/status', { ...leg, CallStatus: 'ringing' });
    assert.equal(told.status, 204);
    const over = await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
    assert.equal(over.status, 204);
    const admin = { role: 'admin' };
    for (const [path, agent] of [
      ['', {}],
      [`/${callId}`, {}],
      ['/blocked-agents', admin],
      ['/audit', admin],
    ] as const) {
      assert.equal((await service.asAgent(`/api/calls${path}`, agent)).status, 200, path);
    }
    await sql`delete from calls`.execute(db);
    await sql`delete from call_events`.execute(db);
    await sql`delete from call_agents`.execute(db);
  }

  // Twice: a statement is kept from its first run on.
  await anHour();
  await anHour();
  for (const { name } of await db.introspection.getTables()) {
    await sql`alter table ${sql.table(name)} add column of_a_newer_version text`.execute(db);
  }
  await anHour();
  await sql`insert into kysely_migration (name, timestamp) values ('9999-of-a-newer-version', '')`.execute(db);
  await assert.rejects(startTestService({ DATABASE_URL: database.url }), /9999-of-a-newer-version/);
  await anHour();
});
