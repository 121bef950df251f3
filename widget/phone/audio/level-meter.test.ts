import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelOf } from './level-meter.ts';

function tone(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1000 }, (_, index) => amplitude * Math.sin((index / 1000) * 20 * Math.PI));
}

test('a level is even steps for the ear: silence is 0, full scale 1, and ten decibels a sixth', () => {
  assert.equal(levelOf(new Float32Array(8)), 0);
  assert.equal(levelOf(tone(0.0001)), 0);
  assert.equal(levelOf(new Float32Array(8).fill(1)), 1);
  assert.equal(levelOf(new Float32Array(8).fill(2)), 1);
  assert.ok(Math.abs(levelOf(tone(0.1)) - (1 - 23.01 / 60)) < 0.001);
  assert.ok(Math.abs(levelOf(tone(0.316)) - levelOf(tone(0.1)) - 1 / 6) < 0.001);
});
