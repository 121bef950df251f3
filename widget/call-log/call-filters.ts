import type { CallOutcome, CallRecord } from '../../service/contract.ts';

export const PERIODS = ['any', 'today', 'yesterday', 'week', 'month', 'custom'] as const;
/** When calls began. `week` and `month`: the last 7 and 30 days, today among them. `custom`: by `from` and `to`. */
export type Period = (typeof PERIODS)[number];

/** What narrows the log. An empty string narrows nothing. */
export interface CallFilters {
  /** A number (its end is enough) or a part of a name. */
  readonly search: string;
  readonly direction: '' | CallRecord['direction'];
  readonly outcome: '' | CallOutcome;
  /** `open`: calls with a call-back that is not done, the one that is due first before the others. */
  readonly callBacks: '' | 'open';
  /** Id of an agent; for supervisors. */
  readonly agent: string;
  readonly period: Period;
  /** First and last day of a `custom` period, `YYYY-MM-DD` in the reader's time zone; either may be empty. */
  readonly from: string;
  readonly to: string;
}

export const NO_FILTERS: CallFilters = Object.freeze({
  search: '',
  direction: '',
  outcome: '',
  callBacks: '',
  agent: '',
  period: 'any',
  from: '',
  to: '',
});

/** How many filters are set beside the search. */
export function filtersSet({ direction, outcome, callBacks, agent, period }: CallFilters): number {
  return [direction, outcome, callBacks, agent, period === 'any' ? '' : period].filter(Boolean).length;
}

/**
 * The search as the service reads it: a number in any digits and spacing becomes the end of an E.164 number, so that
 * `٠١٠ ٠١٢٣` finds `+2010 0123`; a name stays as it was written.
 */
export function searchOf(text: string): string {
  const ascii = text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15)).trim();
  if (!/^[\d\s+()./\-\u200e\u200f\u2066-\u2069]+$/.test(ascii)) return text.trim().slice(0, 100);
  const digits = ascii.replace(/\D/g, '');
  return digits.replace(/^0+(?=\d{3})/, '') || ascii;
}

/** The beginning of a day in the reader's time zone, `shift` days from the one given. */
function dayFrom(year: number, month: number, day: number, shift = 0): Date {
  return new Date(year, month, day + shift);
}

function boundsOf({ period, from, to }: CallFilters, now: Date): { from?: Date | undefined; to?: Date | undefined } {
  const today = (shift: number) => dayFrom(now.getFullYear(), now.getMonth(), now.getDate(), shift);
  const named = (text: string, shift: number) => {
    const [year, month, day] = text.split('-').map(Number);
    return year && month && day ? dayFrom(year, month - 1, day, shift) : undefined;
  };
  if (period === 'today') return { from: today(0) };
  if (period === 'yesterday') return { from: today(-1), to: today(0) };
  if (period === 'week') return { from: today(-6) };
  if (period === 'month') return { from: today(-29) };
  return period === 'custom' ? { from: named(from, 0), to: named(to, 1) } : {};
}

/** The filters as the query of `GET /api/calls`. */
export function queryOf(filters: CallFilters, now: Date): URLSearchParams {
  const { from, to } = boundsOf(filters, now);
  const search = searchOf(filters.search);
  const { direction, outcome, callBacks, agent } = filters;
  const said = { agent, direction, outcome, callBacks, from: from?.toISOString(), to: to?.toISOString(), search };
  return new URLSearchParams(Object.entries(said).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Letters that people write for one another, as the service reads a search. */
const SAME_LETTERS: Readonly<Record<string, string>> = { ٱ: 'ا', ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك', ہ: 'ه', ھ: 'ه' };

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}ـ]/gu, '')
    .replace(/[ٱةىیکہھ]/g, (letter) => SAME_LETTERS[letter] ?? letter)
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\s+/g, ' ')
    .toLowerCase();
}

/**
 * Whether a call that arrived by itself stands in the log of one agent: a phone hears of calls that rang on it until
 * their end, and one that a colleague took is the colleague's.
 */
export function isOwn(call: CallRecord, agentId: string): boolean {
  return !isTaken(call) || call.agent.id === '' || call.agent.id === agentId;
}

/** Whether the call is somebody's. Of one that is not, the record says who was rung first, but not who else. */
export function isTaken({ direction, status, outcome }: CallRecord): boolean {
  return direction === 'outgoing' || status === 'open' || outcome === 'answered';
}

/** Whether a call that arrived by itself belongs among those the service would answer with. */
export function matches(call: CallRecord, filters: CallFilters, now: Date): boolean {
  const { from, to } = boundsOf(filters, now);
  const began = Date.parse(call.createdAt);
  const search = searchOf(filters.search);
  const found = /^\d+$/.test(search)
    ? call.customer.number.endsWith(search)
    : folded(call.customer.name ?? '').includes(folded(search));
  return (
    found &&
    (!filters.direction || call.direction === filters.direction) &&
    (!filters.outcome || call.outcome === filters.outcome) &&
    (!filters.callBacks || call.callBack?.doneAt === null) &&
    (!filters.agent || call.agent.id === filters.agent) &&
    (!from || began >= from.getTime()) &&
    (!to || began < to.getTime())
  );
}
