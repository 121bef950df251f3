import type { CallPage, CallRecord } from '../../service/contract.ts';

/** What the log has to show. Plain data, replaced by every change. */
export interface CallsShown {
  /** `failed`: not even the first page could be read. */
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Newest first or, by `dueFirst`, in the order in which their call-backs are due. */
  readonly calls: readonly CallRecord[];
  readonly dueFirst: boolean;
  /** Cursor of the next older page; null at the end of the log. */
  readonly olderCursor: string | null;
  readonly older: 'idle' | 'loading' | 'failed';
  /** Changes arrive by themselves at the moment. */
  readonly live: boolean;
  /** Calls of other filters are on their way; these are still those of the last ones. */
  readonly busy: boolean;
}

export const NO_CALLS: CallsShown = Object.freeze({
  phase: 'loading',
  calls: [],
  dueFirst: false,
  olderCursor: null,
  older: 'idle',
  live: false,
  busy: false,
});

type Order = (a: CallRecord, b: CallRecord) => number;

/** ISO 8601 in UTC, all of one length: their order as text is that of time. */
function byTime(timeOf: (call: CallRecord) => string, first: 1 | -1): Order {
  return (a, b) => {
    const [timeOfA, timeOfB] = [timeOf(a), timeOf(b)];
    const [left, right] = timeOfA === timeOfB ? [a.callId, b.callId] : [timeOfA, timeOfB];
    return left < right ? first : -first;
  };
}

const newestFirst = byTime(({ createdAt }) => createdAt, 1);
const dueFirst = byTime(({ callBack }) => callBack?.at ?? '', -1);

function orderOf(shown: CallsShown): Order {
  return shown.dueFirst ? dueFirst : newestFirst;
}

/** Whether a call comes after all that was read: then its own page brings it. */
export function isBeyond(shown: CallsShown, call: CallRecord): boolean {
  const last = shown.calls.at(-1);
  return last !== undefined && shown.olderCursor !== null && orderOf(shown)(last, call) < 0;
}

/** The log with these records put in, each in the place of an older version of itself. */
export function withCalls(shown: CallsShown, records: readonly CallRecord[]): CallsShown {
  if (records.length === 0) return shown;
  const byId = new Map(shown.calls.map((call) => [call.callId, call]));
  for (const record of records) byId.set(record.callId, record);
  return { ...shown, calls: [...byId.values()].sort(orderOf(shown)) };
}

export function withoutCall(shown: CallsShown, callId: string): CallsShown {
  if (!shown.calls.some((call) => call.callId === callId)) return shown;
  return { ...shown, calls: shown.calls.filter((call) => call.callId !== callId) };
}

/** The first page of other filters: what was shown before has nothing to do with it. */
export function withFirstPage(shown: CallsShown, page: CallPage): CallsShown {
  const calls = [...page.calls].sort(orderOf(shown));
  return { ...shown, phase: 'ready', calls, olderCursor: page.nextCursor, older: 'idle', busy: false };
}

/**
 * After (re)connecting: the newest page joins what is shown, and older pages that were loaded stay; what is not on the
 * page and should be has left the filters meanwhile. When nothing of it is known, calls may be missing in between: then
 * the log starts anew from this page.
 */
export function withNewestPage(shown: CallsShown, page: CallPage): CallsShown {
  const onPage = new Set(page.calls.map((call) => call.callId));
  const joins =
    shown.phase === 'ready' && page.nextCursor !== null && shown.calls.some(({ callId }) => onPage.has(callId));
  if (!joins) return withFirstPage(shown, page);
  const order = orderOf(shown);
  const oldest = [...page.calls].sort(order).at(-1);
  const older = shown.calls.filter((call) => oldest && order(oldest, call) < 0);
  return { ...withCalls({ ...shown, calls: older }, page.calls), busy: false };
}

export function withOlderPage(shown: CallsShown, page: CallPage): CallsShown {
  return { ...withCalls(shown, page.calls), olderCursor: page.nextCursor, older: 'idle' };
}
