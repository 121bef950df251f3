import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAgo } from './days-ago.ts';

test('days are counted as Egyptians count them, in their plural forms', () => {
  assert.deepEqual([0, 1, 2, 3, 10, 11, 102, 103].map(daysAgo('ar')), [
    'النهارده',
    'امبارح',
    'أول امبارح',
    'من ٣ أيام',
    'من ١٠ أيام',
    'من ١١ يوم',
    'من ١٠٢ يوم',
    'من ١٠٣ أيام',
  ]);
});

test('and as the English do', () => {
  assert.deepEqual([0, 1, 2].map(daysAgo('en')), ['today', 'yesterday', '2 days ago']);
});
