import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallTimes } from '../../call-log/call-times.ts';
import { callDay, callTime } from './call-day.ts';
import { figure, localeOf } from './figures.ts';

const words = { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow' };
const now = new Date(2026, 10, 25, 9, 0).getTime();
const on = (year: number, month: number, day: number, hour = 14, minute = 5) =>
  new Date(year, month - 1, day, hour, minute).getTime();
const english = localeOf({ lang: 'en', numerals: 'latn' });
const arabic = localeOf({ lang: 'ar', numerals: 'arab' });

test('a time is written as in the call log, in either language: the agent reads both', () => {
  for (const lang of ['en', 'ar']) {
    const locale = localeOf({ lang, numerals: 'latn' });
    const inLog = createCallTimes(lang === 'ar' ? 'ar-EG' : 'en-GB', 'latn', words);
    for (const hour of [0, 9, 12, 14, 23])
      assert.equal(
        callTime(on(2026, 11, 25, hour), locale),
        inLog.began(new Date(on(2026, 11, 25, hour)).toISOString(), new Date(now)).time,
      );
  }
});

test('today, yesterday and tomorrow by name, other days by date, other years by year', () => {
  assert.equal(callDay(on(2026, 11, 25, 0, 0), now, english, words), 'today');
  assert.equal(callDay(on(2026, 11, 24, 23, 59), now, english, words), 'yesterday');
  assert.equal(callDay(on(2026, 11, 24, 0, 0), now, english, words), 'yesterday');
  assert.equal(callDay(on(2026, 11, 26, 0, 0), now, english, words), 'tomorrow');
  assert.equal(callDay(on(2026, 11, 26, 23, 59), now, english, words), 'tomorrow');
  assert.match(callDay(on(2026, 11, 27, 0, 0), now, english, words), /^Fri,? 27 Nov$/);
  assert.match(callDay(on(2026, 11, 23, 23, 59), now, english, words), /^Mon,? 23 Nov$/);
  assert.match(callDay(on(2025, 12, 31), now, english, words), /31 Dec 2025/);
});

test('times and figures are in the numerals that the page asks for, in either language', () => {
  assert.equal(callTime(on(2026, 11, 25), english), '14:05');
  assert.match(callTime(on(2026, 11, 25), arabic), /^٢:٠٥\sم$/);
  assert.equal(callTime(on(2026, 11, 25, 0, 5), english), '00:05');
  assert.match(callTime(on(2026, 11, 25), localeOf({ lang: 'ar-EG', numerals: 'latn' })), /^2:05\sم$/);
  assert.equal(figure({ lang: 'en', numerals: 'arab' }, 12), '١٢');
  assert.match(callDay(on(2026, 11, 23), now, arabic, words), /٢٣/);
});
