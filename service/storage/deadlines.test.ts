import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyStore } from '../testing/empty-store.ts';
import { createDeadlines } from './deadlines.ts';

test('of what is due as many are claimed as were asked for, each of them once', async (t) => {
  const { store, remove } = await emptyStore();
  t.after(remove);
  const deadlines = createDeadlines(store);
  const now = new Date();
  const until = new Date(now.getTime() + 60_000);
  const keys = Array.from({ length: 30 }, (_, index) => `call ${index}`);
  for (const key of keys) await deadlines.set('copy-recording', { key, detail: '', attempts: 0 }, now);
  const claimed: string[] = [];
  for (const limit of [1, 1, 5, 23]) {
    const due = await deadlines.claim('copy-recording', now, until, limit);
    assert.equal(due.length, limit);
    claimed.push(...due.map(({ key }) => key));
  }
  assert.deepEqual(claimed.toSorted(), keys.toSorted());
  assert.deepEqual(await deadlines.claim('copy-recording', now, until, 50), []);
});
