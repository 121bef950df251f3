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

test('a call lasts as long as the smaller budget pays for in whole minutes, and no longer than the longest', () => {
  const seconds = (counts: Partial<DialCounts>, longest = 3600, limits = LIMITS, minute = MINUTE) =>
    affordableSeconds({ ...NOTHING, ...counts }, limits, minute, longest);
  assert.equal(seconds({ agentSpent: 93_000 }), 180);
  assert.equal(seconds({ spent: 996_000 }), 120);
  assert.equal(seconds({ agentSpent: 93_000, spent: 998_000 }), 60);
  assert.equal(seconds({ agentSpent: 93_000 }, 90), 90);
  assert.equal(seconds({ agentSpent: 93_000 }, 3600, LIMITS, 0), 3600, 'what costs nothing has no end');
  assert.equal(
    seconds({ spent: 1e12 }, 3600, { ...LIMITS, agentSpendPerDay: undefined, spendPerDay: undefined }),
    3600,
  );
});
