import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ar } from './ar.ts';
import { en } from './en.ts';
import { lengthOf } from '../element/length-of.ts';
import { languageOf, loadLocale } from './load-locale.ts';

test('Arabic has all six plural forms', () => {
  const spoken = [0, 1, 2, 3, 11, 100, 60, 120, 300, 3600, 7200, 11_045].map((seconds) =>
    ar.duration(lengthOf(seconds)),
  );
  assert.deepEqual(spoken, [
    'أقل من ثانية',
    'ثانية',
    'ثانيتين',
    '3 ثواني',
    '11 ثانية',
    'دقيقة و40 ثانية',
    'دقيقة',
    'دقيقتين',
    '5 دقايق',
    'ساعة',
    'ساعتين',
    '3 ساعات و4 دقايق و5 ثواني',
  ]);
});

test('English has its two', () => {
  assert.deepEqual(
    [0, 1, 62, 7261].map((seconds) => en.duration(lengthOf(seconds))),
    ['0 seconds', '1 second', '1 minute 2 seconds', '2 hours 1 minute 1 second'],
  );
});

test('no sentence is empty or left in the other language', () => {
  const words = (t: typeof ar) => [...Object.values(t.outcomes), ...Object.values(t.problems)];
  for (const { title, advice } of words(ar)) for (const text of [title, advice]) assert.match(text, /[ء-ي]{2}/);
  for (const { title, advice } of words(en)) for (const text of [title, advice]) assert.doesNotMatch(text, /[ء-ي]|^$/);
});

test('any Arabic tag is Arabic, anything else English', async () => {
  assert.deepEqual(['ar', 'ar-EG', 'AR', 'en', 'fr', 'arn', ''].map(languageOf), [
    'ar',
    'ar',
    'ar',
    'en',
    'en',
    'en',
    'en',
  ]);
  assert.equal(await loadLocale('ar'), ar);
  assert.equal(await loadLocale('en'), en);
});
