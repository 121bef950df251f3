import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callLogAr as ar } from './call-log-ar.ts';
import { callLogEn as en } from './call-log-en.ts';

test('Arabic counts calls in all six plural forms', () => {
  const said = [0, 1, 2, 3, 11, 100, 103].map((count) => ar.calls(count, String(count), false));
  assert.deepEqual(said, [
    'مفيش مكالمات',
    'مكالمة واحدة',
    'مكالمتين',
    '3 مكالمات',
    '11 مكالمة',
    '100 مكالمة',
    '103 مكالمات',
  ]);
  assert.equal(ar.calls(50, '٥٠', true), '٥٠ مكالمة وأكتر');
});

test('English in its two', () => {
  assert.deepEqual([en.calls(1, '1', false), en.calls(50, '50', true)], ['1 call', '50+ calls']);
});

function words(value: object): string[] {
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'object' && each
      ? words(each)
      : typeof each === 'string' && !/^(lang|dir|locale)$/.test(key)
        ? [each]
        : [],
  );
}

test('no word is empty or left in the other language', () => {
  assert.equal(words(ar).length, words(en).length);
  for (const word of words(ar)) assert.match(word, /[ء-ي]{2}/);
  for (const word of words(en)) assert.doesNotMatch(word, /[ء-ي]|^$/);
});
