import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql, type Kysely } from 'kysely';
import { createPostgresDatabase } from '../testing/postgres.ts';
import type { Database } from './schema.ts';
import { openStore, type Store } from './store.ts';

const onPostgres = process.env['TEST_ENGINE'] === 'postgres';
let directory: string;
let store: Store;
let drop = () => Promise.resolve();
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-light-'));
  const database = onPostgres ? await createPostgresDatabase() : undefined;
  if (database) drop = () => database.drop();
  store = await openStore(database?.url ?? `sqlite:${join(directory, 'calls.db')}`);
});
after(async () => {
  await store.close();
  await drop();
  rmSync(directory, { recursive: true, force: true });
});

/** Whether a commit now is waited for until it is on disk. */
async function waitsForDisk(db: Kysely<Database>): Promise<boolean> {
  if (onPostgres) {
    const { rows } = await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(db);
    return rows[0]!.synchronous_commit === 'on';
  }
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
  return rows[0]!.synchronous === 2;
}

const names = async () => (await store.db.selectFrom('installation').select('name').orderBy('name').execute()).length;
const insert = (name: string) => (trx: Kysely<Database>) =>
  trx.insertInto('installation').values({ name, value: '' }).execute();

test('light writes wait for no disk, and every other one does as before, in whatever order they come', async () => {
  const had = await names();
  const seen: Record<string, boolean[]> = { light: [], durable: [] };
  const works = Array.from({ length: 20 }, (_, index) => {
    const [write, kind] = index % 2 ? [store.write, 'durable'] : [store.writeLightly, 'light'];
    return write(async (trx) => {
      seen[kind]!.push(await waitsForDisk(trx));
      await insert(`light-${index}`)(trx);
    });
  });
  await Promise.all(works);
  for (let index = 20; index < 24; index += 1) {
    await store.writeLightly(insert(`light-${index}`));
    assert.equal(await store.write(waitsForDisk), true);
  }
  assert.deepEqual(new Set(seen['light']), new Set([false]));
  assert.deepEqual(new Set(seen['durable']), new Set([true]));
  assert.equal(await names(), had + 24);
});

test('a light write that fails leaves nothing, and the next is durable', async () => {
  const had = await names();
  const failing = store.writeLightly(async (trx) => {
    await insert('failed')(trx);
    throw new RangeError('undone');
  });
  await assert.rejects(failing, RangeError);
  assert.equal(await names(), had);
  assert.equal(await store.write(waitsForDisk), true);
});
