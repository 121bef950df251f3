import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Kysely } from 'kysely';
import type { ServiceError } from '../errors.ts';
import { createCommitQueue, type CommitQueueOptions, type InTransaction } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import type { Database } from './schema.ts';

let directory: string;
let db: Kysely<Database>;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-commit-'));
  db = await openDatabase(join(directory, 'calls.db'));
});
after(async () => {
  await db.destroy();
  rmSync(directory, { recursive: true });
});

/** A queue on the real database that counts its transactions; `fail` may throw before one of them commits. */
function counted(options: CommitQueueOptions = {}, fail: (transaction: number) => void = () => {}) {
  let transactions = 0;
  const inTransaction: InTransaction = (work) =>
    db.transaction().execute(async (trx) => {
      const value = await work(trx);
      transactions += 1;
      fail(transactions);
      return value;
    });
  const queue = createCommitQueue(inTransaction, options);
  const name = (agentId: string, name: string) =>
    queue.write(async (trx) => {
      await trx.insertInto('agents').values({ agent_id: agentId, name }).execute();
      return agentId;
    });
  return { ...queue, name, transactions: () => transactions };
}

async function kept(prefix: string): Promise<string[]> {
  const rows = await db.selectFrom('agents').select('agent_id').where('agent_id', 'like', `${prefix}%`).execute();
  return rows.map(({ agent_id }) => agent_id).sort();
}

/** An error as an engine raises it. */
function engineError(more: { code?: string; errcode?: number }): Error {
  return Object.assign(new Error('as the engine says it'), more);
}

const isBusy = (error: unknown) => (error as ServiceError).code === 'service-busy';

test('a work that comes alone is committed alone; those that come together share one commit', async () => {
  const shared: number[] = [];
  const { name, transactions } = counted({ onCommit: (works) => shared.push(works) });
  assert.equal(await name('a1', 'Mona'), 'a1');
  assert.equal(transactions(), 1);
  const ids = Array.from({ length: 20 }, (_, index) => `a-${index}`);
  assert.deepEqual(await Promise.all(ids.map((id) => name(id, 'Mona'))), ids);
  assert.equal(transactions(), 2);
  assert.deepEqual(shared, [1, 20]);
  assert.equal((await kept('a')).length, 21);
});

test('a batch is bounded: what does not fit waits for the next', async () => {
  const { name, transactions } = counted({ mostTogether: 4 });
  await Promise.all(Array.from({ length: 10 }, (_, index) => name(`b${index}`, 'Mona')));
  assert.equal(transactions(), 3);
});

test('a work that throws fails alone, and nothing of it is kept', async () => {
  const { name, write, transactions } = counted();
  const half = write(async (trx) => {
    await trx.insertInto('agents').values({ agent_id: 'c-half', name: null }).execute();
    throw new RangeError('not this one');
  });
  const results = await Promise.allSettled([name('c1', 'Mona'), half, name('c1', 'again'), name('c2', 'Karim')]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  );
  assert.ok((results[1] as PromiseRejectedResult).reason instanceof RangeError);
  assert.equal(transactions(), 1);
  assert.deepEqual(await kept('c'), ['c1', 'c2']);
  const alone = write(() => Promise.reject(new RangeError('alone')));
  await assert.rejects(alone, RangeError);
});

test('when the commit fails, nobody is told that it was done', async () => {
  const { name } = counted({}, (transaction) => {
    if (transaction === 1) throw engineError({ errcode: 13 });
  });
  const results = await Promise.allSettled([name('d1', 'Mona'), name('d2', 'Karim')]);
  assert.ok(results.every((result) => result.status === 'rejected' && isBusy(result.reason)));
  assert.deepEqual(await kept('d'), []);
  assert.equal(await name('d3', 'Mona'), 'd3');
});

for (const error of [{ code: '40001' }, { code: '40P01' }, { errcode: 5 }, { errcode: 517 }]) {
  test(`another transaction stands in the way (${JSON.stringify(error)}): the batch is repeated`, async () => {
    let runs = 0;
    const prefix = `e${error.code ?? error.errcode}-`;
    const { name, write } = counted({}, (transaction) => {
      if (transaction < 3) throw engineError(error);
    });
    const inTheWay = write(() => {
      runs += 1;
      return runs === 1 ? Promise.reject(engineError(error)) : Promise.resolve(runs);
    });
    await Promise.all([name(`${prefix}1`, 'Mona'), inTheWay, name(`${prefix}2`, 'Karim')]);
    assert.equal(runs, 4);
    assert.deepEqual(await kept(prefix), [`${prefix}1`, `${prefix}2`]);
  });
}

test('patience ends: one that is always in the way makes the batch fail', async () => {
  const { name } = counted({ patienceMs: 20 }, () => {
    throw engineError({ code: '40001' });
  });
  await assert.rejects(name('f1', 'Mona'), isBusy);
});

test('the database at fault in one work fails the batch with service-busy', async () => {
  for (const error of [{ errcode: 8 }, { errcode: 13 }, { errcode: 778 }, { code: '57P01' }, { code: 'ECONNRESET' }]) {
    const { name, write } = counted();
    const results = await Promise.allSettled([name('g1', 'Mona'), write(() => Promise.reject(engineError(error)))]);
    assert.ok(results.every((result) => result.status === 'rejected' && isBusy(result.reason)));
    await assert.rejects(
      write(() => Promise.reject(engineError(error))),
      isBusy,
    );
  }
  assert.deepEqual(await kept('g'), []);
});

test('a database that answers nothing: so many wait, and one more is refused at once', async () => {
  let free = () => {};
  const stalled = new Promise<void>((resolve) => (free = resolve));
  const queue = createCommitQueue(
    async (work) => {
      await stalled;
      return db.transaction().execute(work);
    },
    { mostTogether: 2, mostWaiting: 3 },
  );
  const write = () => queue.write(() => Promise.resolve('done'));
  const first = [write(), write()];
  await new Promise((resolve) => setImmediate(resolve));
  const second = [write(), write(), write()];
  assert.equal(queue.waiting(), 3);
  await assert.rejects(write(), isBusy);
  free();
  assert.deepEqual(
    await Promise.all([...first, ...second]),
    Array.from({ length: 5 }, () => 'done'),
  );
});
