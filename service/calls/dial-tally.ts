import type { DialCounts } from './dial-limits.ts';
import { costOf, type Amount } from './money.ts';

const MINUTE_MS = 60_000;

/** A call as it counts. Times are ISO 8601 UTC; those that are empty lie before every other. */
export interface TalliedCall {
  agentId: string;
  number: string;
  /** When it was asked for. */
  at: string;
  /** Until then it counts among the calls of its minute, hour and day. */
  countsUntil: string;
  putThroughAt: string | null;
  /** Until then it counts as open. */
  openUntil: string;
  /** Of a minute. */
  rate: Amount;
  /** Seconds that the conversation may last; null before the carrier dialled. */
  limitSeconds: number | null;
  /** Null while it is not known. */
  cost: Amount | null;
}

export type AgentCounts = Pick<DialCounts, 'agentOpen' | 'agentMinute' | 'agentHour' | 'agentDay' | 'agentSpent'>;

export const NO_CALLS: AgentCounts = { agentOpen: 0, agentMinute: 0, agentHour: 0, agentDay: 0, agentSpent: 0 };

/** Where the minute, hour and day begin that count at a time. */
export function beginnings(now: Date) {
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString();
  // Times are texts: those of a day of UTC begin with it.
  return { minute: before(MINUTE_MS), hour: before(60 * MINUTE_MS), day: now.toISOString().slice(0, 10) };
}

/** What a call in progress is taken to cost: all that it may, so that calls side by side never pass a budget together. */
export function mostCost({ rate, limitSeconds }: Pick<TalliedCall, 'rate' | 'limitSeconds'>): Amount {
  return costOf(rate, Math.max(1, limitSeconds ?? 0));
}

export interface Tally {
  of(agentId: string, number: string): DialCounts;
  add(call: TalliedCall): void;
  remove(call: TalliedCall): void;
}

/** Counts on from what is known of some agents, of some numbers and of all: decisions of one moment, in their order. */
export function createTally(
  now: Date,
  agents: Map<string, AgentCounts>,
  numbers: Map<string, number>,
  all: Pick<DialCounts, 'open' | 'spent'>,
): Tally {
  const since = beginnings(now);
  const at = now.toISOString();

  function count(call: TalliedCall, by: 1 | -1): void {
    const own = { ...(agents.get(call.agentId) ?? NO_CALLS) };
    if (call.countsUntil > at) {
      if (call.at > since.minute) own.agentMinute += by;
      if (call.at > since.hour) {
        own.agentHour += by;
        numbers.set(call.number, (numbers.get(call.number) ?? 0) + by);
      }
      if (call.at >= since.day) own.agentDay += by;
    }
    if (call.openUntil > at) {
      own.agentOpen += by;
      all.open += by;
    }
    if (call.putThroughAt !== null && call.at >= since.day) {
      const cost = by * (call.cost ?? mostCost(call));
      own.agentSpent += cost;
      all.spent += cost;
    }
    agents.set(call.agentId, own);
  }

  return {
    of: (agentId, number) => ({
      ...(agents.get(agentId) ?? NO_CALLS),
      numberHour: numbers.get(number) ?? 0,
      ...all,
    }),
    add: (call) => count(call, 1),
    remove: (call) => count(call, -1),
  };
}
