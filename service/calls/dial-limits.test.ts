import assert from 'node:assert/strict';
import { test } from 'node:test';
import { affordableSeconds, decideLimits, type DialCounts, type DialLimits } from './dial-limits.ts';

const LIMITS: DialLimits = {
  agentAtOnce: 1,
  atOnce: 50,
  agentPerMinute: 10,
  agentPerHour: 200,
  agentPerDay: 600,
  numberPerHour: 5,
  agentSpendPerDay: 100_000,
  spendPerDay: 1_000_000,
};
const NOTHING: DialCounts = {
  agentOpen: 0,
  open: 0,
  agentMinute: 0,
  agentHour: 0,
  agentDay: 0,
  numberHour: 0,
  agentSpent: 0,
  spent: 0,
};
const MINUTE = 2000;

/** What is counted, the last count with which a call is let through, and the code of the first with which it is not. */
const TABLE: [keyof DialCounts, number, string][] = [
  ['agentOpen', 0, 'calls-at-once'],
  ['open', 49, 'calls-at-once'],
  ['agentMinute', 9, 'calls-too-many'],
  ['agentHour', 199, 'calls-too-many'],
  ['agentDay', 599, 'calls-too-many'],
  ['numberHour', 4, 'number-called-too-often'],
  ['agentSpent', 98_000, 'spend-limit'],
  ['spent', 998_000, 'spend-limit'],
];

for (const [name, last, code] of TABLE) {
  test(`${name} ${last} is let through, one more is ${code}`, () => {
    assert.equal(decideLimits({ ...NOTHING, [name]: last }, LIMITS, MINUTE), undefined);
    const refusal = decideLimits({ ...NOTHING, [name]: last + 1 }, LIMITS, MINUTE);
    assert.equal(refusal?.code, code);
    assert.ok(refusal.message.length > 20);
  });
}

test('everything at its last at once is let through', () => {
  const counts = Object.fromEntries(TABLE.map(([name, last]) => [name, last])) as unknown as DialCounts;
  assert.equal(decideLimits(counts, LIMITS, MINUTE), undefined);
});

test('without a spend limit any amount may be spent', () => {
  const limits = { ...LIMITS, agentSpendPerDay: undefined, spendPerDay: undefined };
  const counts = { ...NOTHING, agentSpent: Number.MAX_SAFE_INTEGER, spent: Number.MAX_SAFE_INTEGER };
  assert.equal(decideLimits(counts, limits, MINUTE), undefined);
});

const NO_BUDGET = { ...LIMITS, agentSpendPerDay: undefined, spendPerDay: undefined };

/** What counts and is different from the limits, how long a call may last, and why. */
const SECONDS: [Partial<DialCounts>, Partial<DialLimits>, number, string][] = [
  [{ agentSpent: 93_000 }, {}, 180, 'all that an agent has left, who has one call at a time, in whole minutes'],
  [{ agentSpent: 93_000 }, { agentAtOnce: 2 }, 60, 'half of it, where another call may be open beside it'],
  [{ agentSpent: 93_000, agentOpen: 1 }, { agentAtOnce: 2 }, 180, 'all of it, for the last that may be open'],
  [{ agentSpent: 80_000 }, { agentAtOnce: 9 }, 120, 'a quarter of ten minutes, where many may be'],
  [{ spent: 984_000 }, {}, 120, 'a quarter of what everybody has left'],
  [{ spent: 984_000, open: 49 }, {}, 480, 'all of it, for the last call of the account'],
  [{ agentSpent: 93_000, spent: 984_000 }, {}, 120, 'the smaller of both'],
  [{ agentSpent: 93_000, spent: 998_000 }, {}, 60, 'a minute at least'],
  [{}, {}, 3000, 'no longer than the budget of an agent, untouched'],
  [{}, { agentSpendPerDay: undefined }, 3600, 'no longer than the longest'],
  [{ spent: 1e12, agentSpent: 1e12 }, NO_BUDGET, 3600, 'the longest, without a budget'],
];

test('a call lasts as long as its share of the smaller budget pays for, and no longer than the longest', () => {
  for (const [counts, limits, seconds, why] of SECONDS) {
    assert.equal(affordableSeconds({ ...NOTHING, ...counts }, { ...LIMITS, ...limits }, MINUTE, 3600), seconds, why);
  }
  assert.equal(affordableSeconds({ ...NOTHING, agentSpent: 93_000 }, LIMITS, 0, 3600), 3600, 'what costs nothing');
});

test('calls side by side never pass a budget together, and use it up but for a minute', () => {
  for (const [budget, minute, atOnce] of [
    [100_000, 2000, 50],
    [100_000, 1700, 1_000_000],
    [9_999, 100, 3],
    [1_000_000, 85, 50],
    [2000, 2000, 50],
    [1999, 2000, 50],
  ] as const) {
    const limits = { ...LIMITS, spendPerDay: budget, agentSpendPerDay: undefined, atOnce };
    const counts = { ...NOTHING };
    while (!decideLimits(counts, limits, minute)) {
      const seconds = affordableSeconds(counts, limits, minute, 3600);
      assert.ok(seconds >= 60 && seconds % 60 === 0);
      counts.spent += (minute * seconds) / 60;
      counts.open += 1;
      assert.ok(counts.spent <= budget, `${counts.open} calls of ${budget}: ${counts.spent}`);
    }
    const full = counts.open === atOnce;
    assert.ok(full || budget - counts.spent < minute, `${budget} at ${minute}: ${budget - counts.spent} left`);
  }
});
