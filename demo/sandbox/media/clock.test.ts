import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AudioClock } from './clock.ts';

const clock = new AudioClock();
const other = new AudioClock();
after(() => {
  clock.stop();
  other.stop();
});

async function ticks(clock: AudioClock, count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let seen = 0;
    const stop = clock.onTick(() => {
      seen += 1;
      if (seen < count) return;
      stop();
      resolve();
    });
  });
}

test('fifty ticks are a second, and a process that was busy makes up for what it missed', async () => {
  clock.start();
  clock.start();
  await ticks(clock, 1);
  let seen = 0;
  clock.onTick(() => (seen += 1));
  const start = performance.now();
  const made = ticks(clock, 50);
  const busyUntil = performance.now() + 200;
  while (performance.now() < busyUntil);
  await made;
  const took = performance.now() - start;
  assert.ok(took > 960, `${took} ms`);
  // By the time that it took, which is longer where the machine is busy, too.
  assert.ok(Math.abs(seen - took / 20) <= 2, `${seen} ticks in ${took} ms`);
});

test('a listener that throws is reported and does not starve the others', async () => {
  const errors: unknown[] = [];
  const clock = new AudioClock((error) => errors.push(error));
  clock.onTick(() => {
    throw new Error('deaf');
  });
  clock.start();
  await ticks(clock, 3);
  clock.stop();
  assert.ok(errors.length >= 3);
  assert.match(String(errors[0]), /deaf/);
});

test('a listener that has left, and a clock that has stopped, are quiet', async () => {
  other.start();
  const clock = new AudioClock();
  let heard = 0;
  const leave = clock.onTick(() => (heard += 1));
  clock.start();
  await ticks(clock, 1);
  leave();
  const before = heard;
  await ticks(clock, 2);
  assert.equal(heard, before);
  clock.onTick(() => (heard += 1));
  clock.stop();
  await ticks(other, 3);
  assert.equal(heard, before);
});
