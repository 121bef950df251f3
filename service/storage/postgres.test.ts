import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { databasePlace } from '../config/log.ts';
import { createPostgresDatabase, type TestDatabase } from '../testing/postgres.ts';
import { takeRevisions } from './log-revision.ts';
import { connectionSettings } from './postgres-database.ts';
import { openStore, type Store } from './store.ts';

let database: TestDatabase;
let store: Store;
before(async () => {
  database = await createPostgresDatabase();
  store = await openStore(database.url);
});
after(async () => {
  await store.close();
  await database.drop();
});

test('texts sort as in SQLite, whatever language the database is in', async () => {
  const { rows } = await sql<{ language: boolean; bytes: boolean }>`
    select ':' < '0' as language, ':' < '0' collate "C" as bytes`.execute(store.db);
  // The server of the tests is in Arabic, so that this is a proof.
  if (!process.env['TEST_POSTGRES_URL']) assert.deepEqual(rows, [{ language: true, bytes: false }]);
  const columns = await sql<{ column: string }>`
    select table_name || '.' || column_name as column from information_schema.columns
    where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`.execute(store.db);
  assert.deepEqual(columns.rows, []);
});

test('whole numbers come as numbers', async () => {
  const { rows } = await sql<{ a: unknown; b: unknown }>`select 5::bigint as a, count(*) as b`.execute(store.db);
  assert.deepEqual(rows, [{ a: 5, b: 1 }]);
});

test('a NUL, which PostgreSQL cannot keep in a text, fails nothing', async () => {
  await store.write((trx) => trx.insertInto('agents').values({ agent_id: 'nul', name: 'a\0b' }).execute());
  const row = await store.db.selectFrom('agents').select('name').where('agent_id', '=', 'nul').executeTakeFirst();
  assert.equal(row?.name, 'a\uFFFDb');
  assert.deepEqual(await store.db.selectFrom('agents').select('name').where('name', '=', '\0').execute(), []);
});

test("the program's own statements are kept parsed, under a name each", async () => {
  await store.db.connection().execute(async (db) => {
    for (const _ of [1, 2, 3]) await takeRevisions(db, 1);
    const { rows } = await sql<{ name: string; planned: number }>`
      select name, generic_plans + custom_plans as planned from pg_prepared_statements
      where statement like '%update "log_revision"%'`.execute(db);
    assert.equal(rows.length, 1);
    assert.match(rows[0]!.name, /^almasar_\d+$/);
    assert.equal(rows[0]!.planned, 3);
  });
});

test('a commit that is not waited for is warned of', async () => {
  const heard: string[] = [];
  const url = new URL(database.url);
  url.searchParams.set('options', '-c synchronous_commit=off');
  const careless = await openStore(url.href, { report: (what) => heard.push(what) });
  assert.match(heard.join(), /synchronous_commit is off/);
  await careless.close();
});

test('a statement that takes too long ends, and the connection serves the next', async () => {
  const { rows } = await sql<{ limit: string; name: string }>`
    select current_setting('statement_timeout') as limit, current_setting('application_name') as name`.execute(
    store.db,
  );
  assert.deepEqual(rows, [{ limit: '15s', name: 'almasar-dialer' }]);
  await assert.rejects(
    store.write(async (trx) => {
      await sql`set local statement_timeout = 20`.execute(trx);
      await sql`select pg_sleep(5)`.execute(trx);
    }),
  );
  await sql`select 1`.execute(store.db);
});

test('a connection that the server ends is replaced by another', async () => {
  const admin = await openStore(database.url);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.db);
  // Each connection that the pool still holds may fail once.
  let failures = 0;
  while (!(await sql`select 1`.execute(store.db).catch(() => undefined))) failures += 1;
  assert.ok(failures <= 10, `${failures} failures`);
  await admin.close();
});

test('places are named without passwords', () => {
  assert.equal(
    databasePlace('postgres://me:hidden@db.example.com:5433/calls?sslmode=require'),
    'PostgreSQL, db.example.com:5433/calls',
  );
  assert.equal(databasePlace('postgres://me:hidden@localhost/calls?host=/run/pg'), 'PostgreSQL, /run/pg/calls');
  assert.equal(connectionSettings('postgres://a/b').application_name, 'almasar-dialer');
});
