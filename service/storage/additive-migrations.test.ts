/**
 * compose.yml updates one node after the other: what a new version does to the database, nodes of the old one, which go
 * on writing to it, have to bear.
 */
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Kysely, Migrator, type Migration } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** Before it, nodes were updated together. */
const SINCE = '0050-outgoing-stop';

type Columns = Map<string, { takes: string; mayBeLeftOut: boolean }>;

async function columnsOf(db: Kysely<Database>): Promise<Columns> {
  const tables = await db.introspection.getTables();
  return new Map(
    tables.flatMap(({ name: table, columns }) =>
      columns.map(({ name, dataType, isNullable, hasDefaultValue }) => [
        `${table}.${name}`,
        { takes: `${dataType}${isNullable ? ' or null' : ''}`, mayBeLeftOut: isNullable || hasDefaultValue },
      ]),
    ),
  );
}

/** What a node that knows the columns as they were can no longer do. */
function broken(before: Columns, after: Columns): string[] {
  const tables = new Set([...before.keys()].map((column) => column.split('.')[0]));
  const gone = [...before].filter(([column, { takes }]) => after.get(column)?.takes !== takes);
  const needed = [...after].filter(
    ([column, { mayBeLeftOut }]) => !before.has(column) && tables.has(column.split('.')[0]) && !mayBeLeftOut,
  );
  return [...gone, ...needed].map(([column]) => column);
}

async function brokenBy(all: Record<string, Migration>): Promise<string[]> {
  const db = new Kysely<Database>({ dialect: sqliteDialect(new DatabaseSync(':memory:')) });
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(all) } });
  assert.equal((await migrator.migrateTo(SINCE)).error, undefined);
  const before = await columnsOf(db);
  assert.equal((await migrator.migrateToLatest()).error, undefined);
  const found = broken(before, await columnsOf(db));
  await db.destroy();
  return found;
}

test('an old node can go on with what newer migrations leave', async () => {
  assert.deepEqual(await brokenBy(await migrations.getMigrations()), []);
});

test('a column that goes, one of another name and one that has to be given are found', async () => {
  const up: Migration['up'] = async ({ schema }) => {
    await schema.alterTable('audit').dropColumn('request_id').execute();
    await schema.alterTable('leases').renameColumn('until', 'over').execute();
    await schema
      .createTable('new')
      .addColumn('needed', 'text', (column) => column.notNull())
      .execute();
    await schema.alterTable('phones').addColumn('optional', 'text').execute();
  };
  const found = await brokenBy({ ...(await migrations.getMigrations()), '9999-made-up': { up } });
  assert.deepEqual(found.sort(), ['audit.request_id', 'leases.over', 'leases.until']);
});
