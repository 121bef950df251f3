import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallTimes } from './call-times.ts';

const arabic = { today: 'النهارده', yesterday: 'امبارح' };
const english = { today: 'Today', yesterday: 'Yesterday' };
const now = new Date(2026, 10, 23, 15, 30);
const at = (...date: [number, number, number, number, number]) => new Date(...date).toISOString();

test('a call of today or yesterday says so, an older one its date, one of another year that too', () => {
  const times = createCallTimes('en-GB', 'latn', english);
  assert.deepEqual(times.began(at(2026, 10, 23, 0, 5), now), { day: 'Today', time: '00:05' });
  assert.deepEqual(times.began(at(2026, 10, 22, 23, 55), now), { day: 'Yesterday', time: '23:55' });
  assert.equal(times.began(at(2026, 2, 1, 10, 0), now).day, '1 Mar');
  assert.equal(times.began(at(2025, 2, 1, 10, 0), now).day, '1 Mar 2025');
});

test('digits are as the page wants them, whatever the language', () => {
  const latin = createCallTimes('ar-EG', 'latn', arabic);
  const own = createCallTimes('ar-EG', 'arab', arabic);
  assert.equal(latin.duration(65), '1:05');
  assert.equal(own.duration(65), '١:٠٥');
  assert.equal(latin.count(1234), '1,234');
  assert.match(own.began(at(2026, 2, 1, 10, 7), now).time, /^١٠:٠٧/);
  assert.match(latin.began(at(2026, 2, 1, 10, 7), now).day, /^1 /);
  assert.equal(createCallTimes('en-GB', 'arab', english).duration(5), '٠:٠٥');
});

test('a long call has hours, a moment has seconds', () => {
  const times = createCallTimes('en-GB', 'latn', english);
  assert.deepEqual(
    [0, 59.9, 600, 3661, 36_000].map((seconds) => times.duration(seconds)),
    ['0:00', '0:59', '10:00', '1:01:01', '10:00:00'],
  );
});
