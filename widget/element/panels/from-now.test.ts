import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromNow } from './from-now.ts';

const MINUTE = 60_000;
const said = (minutes: number, locale = 'en-GB') => fromNow(minutes * MINUTE, 0, locale);

test('how long it is, never further than it is, in the numerals of the page', () => {
  assert.deepEqual(
    [0.9, -0.9].map((minutes) => said(minutes)),
    ['now', 'now'],
  );
  assert.deepEqual(
    [1, 25.6, -59.9].map((minutes) => said(minutes)),
    ['in 1 minute', 'in 25 minutes', '59 minutes ago'],
  );
  assert.deepEqual(
    [60, -119, 23 * 60].map((minutes) => said(minutes)),
    ['in 1 hour', '1 hour ago', 'in 23 hours'],
  );
  assert.deepEqual(
    [26 * 60, 9 * 24 * 60].map((minutes) => said(minutes)),
    ['in 1 day', 'in 9 days'],
  );
  assert.match(said(-25, 'ar-EG-u-nu-arab'), /٢٥/);
  assert.match(said(-25, 'ar-EG-u-nu-latn'), /25/);
});
