import type { CallPage, CallRecord } from '../../service/contract.ts';

/** What the call log shows. Plain data, replaced by every change. */
export interface CallLogState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Newest first. */
  readonly calls: readonly CallRecord[];
  /** Cursor of the next older page; null at the end of the log. */
  readonly olderCursor: string | null;
  /** Whether changes arrive by themselves at the moment. */
  readonly live: boolean;
}

export const EMPTY_LOG: CallLogState = { phase: 'loading', calls: [], olderCursor: null, live: false };

function newestFirst(a: CallRecord, b: CallRecord): number {
  return b.createdAt.localeCompare(a.createdAt) || b.callId.localeCompare(a.callId);
}

/** The log with these records put in, each in the place of an older version of itself. */
export function withCalls(log: CallLogState, records: readonly CallRecord[]): CallLogState {
  const byId = new Map(log.calls.map((call) => [call.callId, call]));
  for (const record of records) byId.set(record.callId, record);
  return { ...log, calls: [...byId.values()].sort(newestFirst) };
}

/**
 * After (re)connecting: the newest page joins what is shown, and older pages that were loaded stay. When nothing of
 * it is known, calls may be missing in between: then the log starts anew from this page.
 */
export function withNewestPage(log: CallLogState, page: CallPage): CallLogState {
  const known = new Set(log.calls.map((call) => call.callId));
  const joins =
    log.phase === 'ready' && (page.nextCursor === null || page.calls.some((call) => known.has(call.callId)));
  if (joins) return withCalls(log, page.calls);
  return { ...log, phase: 'ready', calls: [...page.calls].sort(newestFirst), olderCursor: page.nextCursor };
}

export function withOlderPage(log: CallLogState, page: CallPage): CallLogState {
  return { ...withCalls(log, page.calls), olderCursor: page.nextCursor };
}
