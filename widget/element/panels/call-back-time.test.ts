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

test('where the clock changes, a quarter of an hour stays one, nine o’clock is nine, and an hour that is left out is the next', (t) => {
  const zone = process.env['TZ'];
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  process.env['TZ'] = 'Africa/Cairo';
  // On the night to 30 April 2027 an hour is left out, on that to 29 October one comes twice.
  for (const day of [new Date(2027, 3, 29, 23, 50), new Date(2027, 9, 28, 23, 50)]) {
    assert.equal(quickTime('soon', day).getTime() - day.getTime(), 15 * 60_000);
    assert.equal(quickTime('hour', day).getTime() - day.getTime(), 60 * 60_000);
    const next = quickTime('tomorrow', day);
    assert.deepEqual([next.getDate(), next.getHours()], [day.getDate() + 1, 9]);
    assert.equal(new Date(fieldText(next)).getTime(), next.getTime());
  }
  const left = new Date('2027-04-30T00:30');
  assert.equal(timeProblem('2027-04-30T00:30', new Date(2027, 3, 29)), null);
  assert.equal(fieldText(left), '2027-04-30T01:30');
  assert.equal(new Date(2027, 3, 30).getTimezoneOffset(), -180);
});
