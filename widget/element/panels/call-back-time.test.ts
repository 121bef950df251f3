import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldText, quickTime, timeProblem } from './call-back-time.ts';

const now = new Date(2026, 11, 31, 23, 50, 20);

test('quick choices: whole minutes, not sooner than they say; tomorrow is the next day, whatever the hour', () => {
  assert.deepEqual(quickTime('soon', now), new Date(2027, 0, 1, 0, 5));
  assert.deepEqual(quickTime('hour', now), new Date(2027, 0, 1, 0, 50));
  assert.deepEqual(quickTime('tomorrow', now), new Date(2027, 0, 1, 9, 0));
  assert.deepEqual(quickTime('tomorrow', new Date(2026, 10, 28, 0, 1)), new Date(2026, 10, 29, 9, 0));
  assert.deepEqual(quickTime('own', now), new Date(2027, 0, 1, 1, 0));
});

test('a field’s text is this computer’s time', () => {
  assert.equal(fieldText(new Date(2027, 0, 2, 3, 4)), '2027-01-02T03:04');
  assert.equal(new Date(fieldText(quickTime('tomorrow', now))).getTime(), quickTime('tomorrow', now).getTime());
});

test('a time that is none, is over, or is too far away', () => {
  for (const text of ['', 'x', '2027-13-01T00:00']) assert.equal(timeProblem(text, now), 'invalid', text);
  assert.equal(timeProblem('2026-12-31T23:50', now), 'past');
  assert.equal(timeProblem('2026-12-31T23:51', now), null);
  const last = new Date(now.getTime() + 366 * 24 * 3_600_000);
  assert.equal(timeProblem(fieldText(last), now), null);
  assert.equal(timeProblem(fieldText(new Date(last.getTime() + 60_000)), now), 'far');
});
