import type { RefusalCode } from '../contract.ts';
import type { Amount } from './money.ts';

/** How much may be called. A day is one of UTC. */
export interface DialLimits {
  agentAtOnce: number;
  atOnce: number;
  agentPerMinute: number;
  agentPerHour: number;
  agentPerDay: number;
  /** Calls to one number by everybody together. */
  numberPerHour: number;
  /** Undefined: any amount. */
  agentSpendPerDay: Amount | undefined;
  spendPerDay: Amount | undefined;
}

/** What counts against the limits when a call is asked for, without that call itself. */
export interface DialCounts {
  agentOpen: number;
  open: number;
  agentMinute: number;
  agentHour: number;
  agentDay: number;
  numberHour: number;
  /** With all that calls in progress may cost. */
  agentSpent: Amount;
  spent: Amount;
}

/** Why a call may not be placed: `message` is for the log and for a developer; the widget has words for the code. */
export interface DialRefusal {
  code: RefusalCode;
  message: string;
}

type Rule = (counts: DialCounts, limits: DialLimits, minute: Amount) => DialRefusal | undefined;

function atMost(count: number, limit: number, code: RefusalCode, what: string): DialRefusal | undefined {
  return count < limit ? undefined : { code, message: `${what}: ${count} of ${limit}.` };
}

function affordable(spent: Amount, minute: Amount, limit: Amount | undefined, whose: string): DialRefusal | undefined {
  // With the first minute of this call, so that a limit is reached and not passed.
  if (limit === undefined || spent + minute <= limit) return undefined;
  return {
    code: 'spend-limit',
    message: `${whose} has no budget left today for a call to this country, beside what calls in progress may cost.`,
  };
}

const RULES: readonly Rule[] = [
  (is, may) => atMost(is.agentOpen, may.agentAtOnce, 'calls-at-once', 'Open calls of this agent'),
  (is, may) => atMost(is.open, may.atOnce, 'calls-at-once', 'Open calls of the account'),
  (is, may) => atMost(is.agentMinute, may.agentPerMinute, 'calls-too-many', 'Calls of this agent in a minute'),
  (is, may) => atMost(is.agentHour, may.agentPerHour, 'calls-too-many', 'Calls of this agent in an hour'),
  (is, may) => atMost(is.agentDay, may.agentPerDay, 'calls-too-many', 'Calls of this agent today'),
  (is, may) => atMost(is.numberHour, may.numberPerHour, 'number-called-too-often', 'Calls to this number in an hour'),
  (is, may, minute) => affordable(is.agentSpent, minute, may.agentSpendPerDay, 'This agent'),
  (is, may, minute) => affordable(is.spent, minute, may.spendPerDay, 'The account'),
];

/** Whether one call more is within the limits; `minute` is what its first minute costs. */
export function decideLimits(counts: DialCounts, limits: DialLimits, minute: Amount): DialRefusal | undefined {
  for (const rule of RULES) {
    const refusal = rule(counts, limits, minute);
    if (refusal) return refusal;
  }
  return undefined;
}

/** A call in progress may have so much of what is left: the rest is for those that begin meanwhile. */
const SHARE = 4;

/**
 * How long a call may last, in seconds: the longest, or the whole minutes that its share of what is left of a budget
 * pays for, which is all of it where no other call may be open beside it. One minute at least, since a call that passes
 * has that.
 */
export function affordableSeconds(counts: DialCounts, limits: DialLimits, minute: Amount, longest: number): number {
  const share = (budget: Amount | undefined, spent: Amount, places: number) =>
    ((budget ?? Infinity) - spent) / Math.min(SHARE, places);
  const most = Math.min(
    share(limits.agentSpendPerDay, counts.agentSpent, limits.agentAtOnce - counts.agentOpen),
    share(limits.spendPerDay, counts.spent, limits.atOnce - counts.open),
  );
  if (minute === 0 || most === Infinity) return longest;
  return Math.min(longest, 60 * Math.max(1, Math.floor(most / minute)));
}
