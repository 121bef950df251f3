import type { WrapUp, WrapUpResult } from '../../core/dialer.ts';
import type { CallBackBy } from './call-back-time.ts';

/** What is being written of a call, and what became of it when it was last saved. */
export interface Draft extends WrapUp {
  /** Null since it was changed. */
  readonly result: WrapUpResult | null;
  /** How the time to call again was chosen; absent when none was. */
  readonly callBackBy?: CallBackBy | undefined;
  /** The own time as it stands in its field. */
  readonly callBackText?: string;
  /** The time that was last saved. */
  readonly callBackKept?: string | null | undefined;
}

export const EMPTY_DRAFT: Draft = Object.freeze({ note: '', disposition: null, result: null });

const KEY = 'almasar-wrap-up-drafts';

/** Calls whose drafts the tab remembers. */
const MOST = 10;

type Entry = readonly [callId: string, draft: Draft];

function read(): readonly Entry[] {
  try {
    const entries: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(entries) ? (entries as Entry[]) : [];
  } catch {
    return [];
  }
}

/** The draft of a call as this tab has kept it over a reload. */
export function draftOf(callId: string): Draft {
  return read().find(([id]) => id === callId)?.[1] ?? EMPTY_DRAFT;
}

/** Keeps a draft; where the tab may not, it lives as long as the panel. */
export function keepDraft(callId: string, draft: Draft): void {
  const others = read().filter(([id]) => id !== callId);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...others, [callId, draft]].slice(-MOST)));
  } catch {
    // Full or blocked.
  }
}
