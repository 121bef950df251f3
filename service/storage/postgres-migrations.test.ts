import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { MIGRATION_LOCK } from './migrate-postgres.ts';
import { migrations } from './migrations.ts';
import { openPostgres } from './postgres-database.ts';
import type { Database } from './schema.ts';

const BEFORE = '0014-phone-commands';
const noReport = () => {};

let database: TestDatabase;
let other: pg.Client;
beforeEach(async () => {
  database = await createPostgresDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateTo(BEFORE);
  assert.equal(error, undefined);
  await sql`insert into calls (call_id, call_sid, agent_id, created_at, base, record, name_folded)
    values ('1', 'CA1', 'mona', '2026-11-23T10:00:00.000Z', '{}', '{}', 'احمد')`.execute(db);
  await sql`insert into call_agents (agent_id, created_at, call_id)
    values ('mona', '2026-11-23T10:00:00.000Z', '1')`.execute(db);
  await db.destroy();
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await database.drop();
});

const query = async (text: string) => (await other.query<Record<string, unknown>>(text)).rows;
const newest = async () => (await query('select max(name) as name from kysely_migration'))[0]!['name'];

test('a migration goes on however long a statement takes, and calls are served under the limit afterwards', async () => {
  // Each row that 0016 changes takes longer than the limit.
  await other.query(`create function slow() returns trigger language plpgsql as $$
    begin perform pg_sleep(0.9); return new; end $$`);
  await other.query('create trigger slow before update on call_agents for each row execute function slow()');
  const url = new URL(database.url);
  url.searchParams.set('statement_timeout', '600');
  url.searchParams.set('idle_in_transaction_session_timeout', '600');
  const db = await openPostgres(url.href, noReport);
  const { rows } = await sql<{ limit: string; lock: string }>`
    select current_setting('statement_timeout') as limit, current_setting('lock_timeout') as lock`.execute(db);
  assert.deepEqual(rows, [{ limit: '600ms', lock: '0' }]);
  await db.destroy();
  assert.deepEqual(await query('select name from call_agents'), [{ name: 'احمد' }]);
});

test('a log that was migrated is planned for by what is in it; one that is new is not held to be empty', async () => {
  const sizes = () => query("select reltuples as rows from pg_class where relname = 'call_agents'");
  assert.deepEqual(await sizes(), [{ rows: -1 }]);
  await (await openPostgres(database.url, noReport)).destroy();
  assert.deepEqual(await sizes(), [{ rows: 1 }]);
  const analyzed = await query("select attname from pg_stats where tablename = 'call_agents' and attname = 'name'");
  assert.equal(analyzed.length, 1);
  const fresh = await createPostgresDatabase();
  const db = await openPostgres(fresh.url, noReport);
  const { rows } = await sql`select reltuples as rows from pg_class where relname = 'call_agents'`.execute(db);
  assert.deepEqual(rows, [{ rows: -1 }]);
  await db.destroy();
  await fresh.drop();
});

test('a table that another program holds is not waited for without end: the error says what to do, nothing has changed', async () => {
  await other.query('begin');
  await other.query('lock table call_agents in access share mode');
  await assert.rejects(openPostgres(database.url, noReport, { lockMs: 50 }), /another program holds one of its tables/);
  await other.query('commit');
  assert.equal(await newest(), BEFORE);
  await (await openPostgres(database.url, noReport, { lockMs: 50 })).destroy();
  assert.notEqual(await newest(), BEFORE);
});

test('of two services that start together one waits for the other, longer than for a table', async () => {
  await other.query(`select pg_advisory_lock(${MIGRATION_LOCK})`);
  const waits = Promise.withResolvers<string>();
  const opening = openPostgres(database.url, waits.resolve, { lockMs: 1 });
  assert.match(await waits.promise, /another service brings the database up/);
  await other.query('select pg_sleep(0.1)');
  assert.equal(await newest(), BEFORE);
  await other.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`);
  await (await opening).destroy();
  assert.notEqual(await newest(), BEFORE);
});

test('several services that start together on one database all serve', async () => {
  const opened = await Promise.all(Array.from({ length: 4 }, () => openPostgres(database.url, noReport)));
  for (const db of opened) {
    assert.equal((await db.selectFrom('calls').select('call_id').execute()).length, 1);
    await db.destroy();
  }
});
