import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Transaction } from 'kysely';
import { ServiceError } from '../errors.ts';
import type { Database } from './schema.ts';
import { together } from './together.ts';

/** No database: what is told apart here is who is worked on with whom. */
const TRX = {} as Transaction<Database>;

function commits() {
  const sizes: number[] = [];
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, each begun after all that has arrived in its turn of the event loop. */
  function write<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
    const done = last.then(
      () => new Promise<T>((resolve, reject) => setImmediate(() => void work(TRX).then(resolve, reject))),
    );
    last = done.catch(() => {});
    return done;
  }
  return { sizes, write };
}

test('what arrives before a transaction begins is worked on in it, in order; what arrives later in the next', async () => {
  const { sizes, write } = commits();
  const told: number[] = [];
  const double = together<number, number>(
    write,
    (_, items) => {
      sizes.push(items.length);
      return Promise.resolve(items.map((item) => 2 * item));
    },
    { onCommitted: (outcomes) => told.push(...outcomes), mostTogether: 3 },
  );
  const first = Promise.all([1, 2, 3, 4, 5].map((item) => double(item)));
  assert.deepEqual(await first, [2, 4, 6, 8, 10]);
  assert.equal(await double(6), 12);
  assert.deepEqual(sizes, [3, 2, 1]);
  assert.deepEqual(told, [2, 4, 6, 8, 10, 12]);
});

test('one that fails fails alone', async () => {
  const { write } = commits();
  const root = together<number, number>(write, async (_, items) => {
    if (items.some((item) => item < 0)) throw new RangeError('negative');
    return items.map(Math.sqrt);
  });
  const outcomes = await Promise.allSettled([4, -1, 9].map((item) => root(item)));
  assert.deepEqual(
    outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : (outcome.reason as Error).name)),
    [2, 'RangeError', 3],
  );
});

test('a database that cannot be written to is said to all, once; so is that too many wait', async () => {
  let attempts = 0;
  const busy = new ServiceError('service-busy', 'The database cannot be written to.');
  const refused = together<number, number>(
    async () => {
      attempts += 1;
      throw busy;
    },
    (_, items) => Promise.resolve([...items]),
    { mostWaiting: 2 },
  );
  const outcomes = await Promise.allSettled([1, 2, 3].map((item) => refused(item)));
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
  assert.equal(attempts, 1);
});
