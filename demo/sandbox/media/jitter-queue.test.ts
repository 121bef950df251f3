import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JitterQueue } from './jitter-queue.ts';

const frame = (value: number) => new Int16Array(160).fill(value);

test('frames come out in order, after a cushion of two', () => {
  const queue = new JitterQueue();
  queue.push(frame(1));
  assert.equal(queue.take(), undefined);
  queue.push(frame(2));
  assert.equal(queue.take()?.[0], 1);
  assert.equal(queue.take()?.[0], 2);
});

test('after running dry it fills its cushion again', () => {
  const queue = new JitterQueue();
  for (const value of [1, 2]) queue.push(frame(value));
  for (let count = 0; count < 3; count += 1) queue.take();
  queue.push(frame(3));
  assert.equal(queue.take(), undefined);
  queue.push(frame(4));
  assert.equal(queue.take()?.[0], 3);
});

test('a burst never becomes a delay: the newest are kept', () => {
  const queue = new JitterQueue();
  for (let value = 0; value < 1000; value += 1) queue.push(frame(value));
  const kept: number[] = [];
  for (let next = queue.take(); next; next = queue.take()) kept.push(next[0]!);
  assert.ok(kept.length <= 12);
  assert.equal(kept.at(-1), 999);
});
