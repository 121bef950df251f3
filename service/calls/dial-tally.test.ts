import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTally, NO_CALLS, type TalliedCall } from './dial-tally.ts';

const NOW = new Date('2026-11-25T00:30:00.000Z');
const CALL: TalliedCall = {
  agentId: 'mona',
  number: '+201001234500',
  at: '2026-11-25T00:29:40.000Z',
  countsUntil: '2026-11-25T00:30:10.000Z',
  putThroughAt: null,
  openUntil: '',
  rate: 1000,
  limitSeconds: null,
  cost: null,
};
const NOTHING = { ...NO_CALLS, numberHour: 0, open: 0, spent: 0 };

function countsOf(call: TalliedCall) {
  const tally = createTally(NOW, new Map(), new Map(), { open: 0, spent: 0 });
  tally.add(call);
  const counts = tally.of(call.agentId, call.number);
  tally.remove(call);
  assert.deepEqual(tally.of(call.agentId, call.number), NOTHING, 'what was added can be taken away');
  return counts;
}

test('a call that was asked for counts in its minute, hour and day while its intent lives', () => {
  const counts = { ...NOTHING, agentMinute: 1, agentHour: 1, agentDay: 1, numberHour: 1 };
  assert.deepEqual(countsOf(CALL), counts);
  assert.deepEqual(countsOf({ ...CALL, countsUntil: NOW.toISOString() }), NOTHING);
  // An hour reaches back over midnight, a day does not.
  const before = countsOf({ ...CALL, at: '2026-11-24T23:40:00.000Z' });
  assert.deepEqual(before, { ...NOTHING, agentHour: 1, numberHour: 1 });
});

test('a call that was put through is open and costs all that it may, until its end says what it has cost', () => {
  const open = {
    ...CALL,
    countsUntil: '9999',
    putThroughAt: '2026-11-25T00:28:30.000Z',
    openUntil: '2026-11-25T01:00:00.000Z',
    limitSeconds: 420,
  };
  const counts = countsOf({ ...open, at: '2026-11-25T00:28:20.000Z' });
  const money = { agentSpent: 7000, spent: 7000 };
  assert.deepEqual(counts, { ...NOTHING, agentOpen: 1, open: 1, agentHour: 1, agentDay: 1, numberHour: 1, ...money });
  assert.equal(countsOf({ ...open, limitSeconds: 90 }).spent, 2000, 'started minutes');
  assert.equal(countsOf({ ...open, limitSeconds: null }).spent, 1000, 'of a call that an older version began');
  assert.equal(countsOf({ ...open, openUntil: NOW.toISOString() }).spent, 7000, 'an end that nobody tells');
  assert.equal(countsOf({ ...open, openUntil: '', cost: 700 }).spent, 700);
  assert.equal(countsOf({ ...open, at: '2026-11-24T23:59:00.000Z' }).spent, 0, 'it is of the day on which it began');
});

test('one agent’s calls are not another’s, and everybody’s are everybody’s', () => {
  const agents = new Map([['karim', { ...NO_CALLS, agentDay: 7 }]]);
  const tally = createTally(NOW, agents, new Map([[CALL.number, 2]]), { open: 4, spent: 50 });
  tally.add({ ...CALL, putThroughAt: NOW.toISOString(), openUntil: '9999' });
  assert.deepEqual(tally.of('karim', CALL.number), { ...NOTHING, agentDay: 7, numberHour: 3, open: 5, spent: 1050 });
});
