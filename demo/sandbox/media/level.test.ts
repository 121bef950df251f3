import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goertzelShare, rms } from './level.ts';
import { chord, concat, dtmfTone, silence, tone } from './tones.ts';

test('a tone is all of its own frequency and nothing of another', () => {
  const beep = tone(440, 500);
  assert.ok(goertzelShare(beep, 440) > 0.98);
  assert.ok(goertzelShare(beep, 1000) < 0.01);
});

test('silence measures nothing, so that a proof by tone can fail', () => {
  assert.equal(goertzelShare(silence(500), 440), 0);
  assert.equal(rms(silence(500)), 0);
  assert.equal(rms(new Int16Array(0)), 0);
  assert.equal(goertzelShare(new Int16Array(10), 440), 0);
});

test('the best window counts: a beep between pauses is still that beep', () => {
  assert.ok(goertzelShare(concat(silence(300), tone(440, 250), silence(300)), 440) > 0.98);
});

test('two tones share', () => {
  const both = chord([440, 1000], 500);
  assert.ok(Math.abs(goertzelShare(both, 440) - 0.5) < 0.05);
  assert.ok(Math.abs(goertzelShare(both, 1000) - 0.5) < 0.05);
});

test('loudness is that of a sine: level / √2', () => {
  assert.ok(Math.abs(rms(tone(1000, 1000, 0.5)) - 0.5 / Math.SQRT2) < 0.01);
});

test('every key has its two tones; what is no key is silent', () => {
  for (const [key, low, high] of [
    ['1', 697, 1209],
    ['5', 770, 1336],
    ['0', 941, 1336],
    ['#', 941, 1477],
    ['D', 941, 1633],
  ] as const) {
    const sound = dtmfTone(key, 200);
    assert.equal(sound.length, 1600);
    assert.ok(goertzelShare(sound, low) > 0.4, key);
    assert.ok(goertzelShare(sound, high) > 0.4, key);
  }
  for (const none of ['', 'x', '12']) assert.equal(rms(dtmfTone(none, 200)), 0);
});
