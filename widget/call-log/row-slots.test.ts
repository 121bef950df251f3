import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RowSlots } from './row-slots.ts';

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `call-${from + at}`);

test('a row that stays in sight keeps its elements; one that comes takes over those of one that left', () => {
  const slots = new RowSlots();
  assert.deepEqual(slots.assign(ids(0, 6)), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(slots.assign(ids(2, 8)), [2, 3, 4, 5, 0, 1]);
  assert.deepEqual(slots.assign(ids(1, 7)), [1, 2, 3, 4, 5, 0]);
});

test('after a leap all are taken over in their order, so that none is moved', () => {
  const slots = new RowSlots();
  slots.assign(ids(0, 6));
  assert.deepEqual(slots.assign(ids(5000, 5006)), [0, 1, 2, 3, 4, 5]);
});

test('no two rows ever have the same elements, however many are in sight', () => {
  const slots = new RowSlots();
  for (const [from, to] of [
    [0, 10],
    [4, 9],
    [6, 30],
    [100, 103],
    [101, 140],
    [0, 0],
    [7, 12],
  ] as const) {
    const assigned = slots.assign(ids(from, to));
    assert.equal(new Set(assigned).size, to - from);
  }
});

test('the focused row, far away from what is in sight, keeps its own', () => {
  const slots = new RowSlots();
  const before = slots.assign(ids(0, 6));
  assert.equal(slots.assign(['call-3', ...ids(500, 506)])[0], before[3]);
});
