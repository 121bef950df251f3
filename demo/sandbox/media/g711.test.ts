import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeMuLaw, encodeMuLaw } from './g711.ts';

test('known values of ITU-T G.711', () => {
  assert.deepEqual([...encodeMuLaw(Int16Array.of(0, 32_767, -32_768))], [0xff, 0x80, 0x00]);
  assert.deepEqual([...decodeMuLaw(Uint8Array.of(0xff, 0x80, 0x00, 0x7f))], [0, 32_124, -32_124, 0]);
});

test('every byte survives the way there and back, but for the second zero', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const again = encodeMuLaw(decodeMuLaw(bytes));
  bytes.forEach((byte, index) => assert.equal(again[index], byte === 0x7f ? 0xff : byte));
});

test('no sample is changed by more than half its step', () => {
  const samples = Int16Array.from({ length: 65_536 }, (_, index) => index - 32_768);
  const decoded = decodeMuLaw(encodeMuLaw(samples));
  samples.forEach((sample, index) => {
    const error = Math.abs(decoded[index]! - sample);
    // 16 steps in each octave of the sample and the codec's offset.
    assert.ok(error <= (Math.abs(sample) + 132) / 32, `${sample} → ${decoded[index]}`);
  });
});
