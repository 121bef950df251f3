import assert from 'node:assert/strict';
import { it } from 'node:test';
import { concat, silence, tone } from '../media/tones.ts';
import { trimSilence } from './trim-silence.ts';

it('cuts silence off at both ends, in step on all channels, and keeps the pauses in between', () => {
  const left = concat(silence(400), tone(440, 200), silence(1000));
  const right = concat(silence(1000), tone(1000, 200), silence(400));
  const [trimmedLeft, trimmedRight] = trimSilence([left, right]);
  assert.equal(trimmedLeft?.length, (8000 * 800) / 1000);
  assert.deepEqual(trimmedRight, right.slice(3200, 9600));
});

it('leaves nothing of a silent recording', () => {
  assert.deepEqual(trimSilence([silence(500)]), [new Int16Array()]);
});
