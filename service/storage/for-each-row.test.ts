import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { InsertResult, KyselyPlugin, UpdateResult } from 'kysely';
import { emptyStore } from '../testing/empty-store.ts';
import { forEachRow } from './for-each-row.ts';
import type { Store } from './store.ts';

let store: Store;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());

interface Agent {
  id: string;
  name: string | null;
}

const TYPES = { id: 'text', name: 'text' } as const;

const insert = forEachRow<Agent, { agent_id: string }>(TYPES, (db, rows) =>
  db
    .insertInto('agents')
    .columns(['agent_id', 'name'])
    .expression(rows.select('id', 'name'))
    .onConflict((conflict) => conflict.column('agent_id').doNothing())
    .returning('agent_id'),
);
const rename = forEachRow<Agent, UpdateResult>(TYPES, (db, rows) =>
  rows
    .over(db.updateTable('agents'))
    .set({ name: rows.value('name') })
    .where(rows.among('agent_id', 'id'))
    .where('agent_id', '=', rows.value('id')),
);
const read = forEachRow<{ id: string }, { agent_id: string; name: string | null }>({ id: 'text' }, (db, rows) =>
  db.selectFrom('agents').select(['agent_id', 'name']).where(rows.among('agent_id', 'id')),
);
const count = forEachRow<{ minute: string; counter: string; count: number }, InsertResult>(
  { minute: 'text', counter: 'text', count: 'bigint' },
  (db, rows) =>
    db
      .insertInto('request_counts')
      .columns(['minute', 'counter', 'count'])
      .expression(rows.select('minute', 'counter', 'count')),
);

const idsOf = (prefix: string, size: number) => Array.from({ length: size }, (_, index) => `${prefix}${index}`);

test('rows are inserted, changed and read, each with its own values; of those that are there already, nothing', async () => {
  const ids = idsOf('a', 300);
  const inserted = await insert(
    store.db,
    ids.map((id) => ({ id, name: `name of ${id}` })),
  );
  assert.deepEqual(new Set(inserted.map(({ agent_id }) => agent_id)), new Set(ids));
  const again = await insert(store.db, [
    { id: 'a7', name: 'again' },
    { id: 'a-new', name: null },
  ]);
  assert.deepEqual(
    again.map(({ agent_id }) => agent_id),
    ['a-new'],
  );
  await rename(store.db, [
    { id: 'a1', name: null },
    { id: 'a2', name: 'of two' },
    { id: 'nobody', name: 'x' },
  ]);
  const found = await read(
    store.db,
    ['a0', 'a1', 'a2', 'a7', 'nobody'].map((id) => ({ id })),
  );
  assert.deepEqual(
    new Map(found.map(({ agent_id, name }) => [agent_id, name])),
    new Map<string, string | null>([
      ['a0', 'name of a0'],
      ['a1', null],
      ['a2', 'of two'],
      ['a7', 'name of a7'],
    ]),
  );
});

test('any text stays what it is, and numbers stay numbers', async () => {
  const names = ['{"a","b"}', 'it\'s \\ "quoted"', 'null', 'NULL', '', ' أحمد ', '😀', 'line\nline'];
  const rows = names.map((name, index) => ({ id: `b${index}`, name }));
  await insert(store.db, rows);
  const found = await read(
    store.db,
    rows.map(({ id }) => ({ id })),
  );
  assert.deepEqual(
    found.sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1)).map(({ name }) => name),
    names,
  );
  await count(store.db, [
    { minute: 'm', counter: 'one', count: 1 },
    { minute: 'm', counter: 'two', count: 2_000_000_000 },
  ]);
  const counts = await store.db
    .selectFrom('request_counts')
    .select('count')
    .where('minute', '=', 'm')
    .orderBy('count')
    .execute();
  assert.deepEqual(
    counts.map((row) => row.count),
    [1, 2_000_000_000],
  );
});

test('a NUL fails nothing', async () => {
  await insert(store.db, [{ id: 'nul', name: 'a\0b' }]);
  const [row] = await read(store.db, [{ id: 'nul' }]);
  assert.equal(row?.name, store.engine === 'postgres' ? 'a\uFFFDb' : 'a\0b');
});

test('so many rows are one statement, and none are no statement', async () => {
  let statements = 0;
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      statements += 1;
      return Promise.resolve(result);
    },
  };
  const db = store.db.withPlugin(counting);
  await insert(
    db,
    idsOf('c', 500).map((id) => ({ id, name: null })),
  );
  assert.equal(statements, 1);
  assert.deepEqual(await read(db, []), []);
  assert.equal(statements, 1);
});

test('a row that cannot be written undoes the others of its statement with the transaction', async () => {
  const rows = ['d', 'e', 'd'].map((counter) => ({ minute: 'n', counter, count: 1 }));
  await assert.rejects(store.write((trx) => count(trx, rows)));
  assert.deepEqual(
    await store.db.selectFrom('request_counts').select('counter').where('minute', '=', 'n').execute(),
    [],
  );
});
