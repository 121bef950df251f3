import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goertzelShare, rms } from './level.ts';
import { PHRASES } from './phrases.ts';
import { phrase, speak } from './speech.ts';

const seconds = (samples: Int16Array) => samples.length / 8000;

test('a known phrase is its recorded clip, however it is written', () => {
  assert.equal(speak(PHRASES.voicemail.text), phrase('voicemail'));
  assert.equal(speak('  sorry, this call   CANNOT be made '), phrase('refused'));
  assert.equal(speak(PHRASES['greeting-ar'].text), phrase('greeting-ar'));
});

test('other text is as long as it is, audible, and more than one tone', () => {
  const short = speak('Please wait');
  const long = speak('Please wait, an agent of our company will be with you as soon as one is free.');
  assert.ok(seconds(short) > 0.6 && seconds(short) < 1.2, `${seconds(short)} s`);
  assert.ok(seconds(long) > 3.5 && seconds(long) < 6, `${seconds(long)} s`);
  assert.ok(rms(long) > 0.02);
  for (let hz = 100; hz < 3000; hz += 10) assert.ok(goertzelShare(long, hz) < 0.9, `${hz} Hz`);
});

test('the same text is the same sound; Arabic is spoken, too', () => {
  assert.deepEqual(speak('twice the same'), speak('twice the same'));
  assert.ok(rms(speak('من فضلك انتظر قليلا')) > 0.02);
});

test('next to nothing still lasts 400 ms; nothing at all is silent', () => {
  assert.equal(seconds(speak('a')), 0.4);
  assert.equal(seconds(speak(' . ')), 0.4);
  assert.equal(rms(speak('')), 0);
});

test('the longest text that <Say> takes (4096 characters) is ready before anybody waits', () => {
  const before = process.cpuUsage();
  speak('What a long story this is. '.repeat(152).slice(0, 4096));
  // Of the processor, since what else the machine does says nothing about it.
  assert.ok(process.cpuUsage(before).user < 1_000_000);
});
