import type { AuditAction } from '../../service/admin-contract.ts';
import type { CallOutcome, CallRecord, CallStatus, RefusalCode } from '../../service/contract.ts';
import type { Verdict } from './messages.ts';

/** What can be done with a call and its recordings. */
export type CallDeed = Extract<AuditAction, 'call-changed' | `recording-${string}`>;

/** Everything `<almasar-call-log>` says in one language. A missing key is a compile error. */
export interface CallLogMessages {
  /** BCP 47 tag and direction of what the element draws. */
  readonly lang: string;
  readonly dir: 'rtl' | 'ltr';
  /** BCP 47 tag for dates and numbers. */
  readonly locale: string;
  /** Accessible name of the whole element. */
  readonly log: string;
  readonly columns: {
    readonly direction: string;
    readonly customer: string;
    readonly outcome: string;
    readonly started: string;
    readonly duration: string;
    readonly agent: string;
    readonly about: string;
    readonly actions: string;
  };
  readonly directions: Readonly<Record<CallRecord['direction'], string>>;
  readonly statuses: Readonly<Record<Exclude<CallStatus, 'ended'>, string>>;
  readonly outcomes: Readonly<Record<CallOutcome, string>>;
  /** Why a call was not put through, for whoever reads the log: the agent, or a supervisor. */
  readonly refusals: Readonly<Record<RefusalCode, string>>;
  readonly today: string;
  readonly yesterday: string;
  readonly filters: {
    readonly search: string;
    readonly filters: string;
    readonly direction: string;
    readonly outcome: string;
    readonly callBacks: string;
    readonly toCallBack: string;
    readonly agent: string;
    readonly period: string;
    readonly any: string;
    readonly periods: { readonly [P in 'today' | 'yesterday' | 'week' | 'month' | 'custom']: string };
    readonly from: string;
    readonly to: string;
    readonly clear: string;
  };
  readonly csv: { readonly save: string; readonly failed: string };
  readonly live: string;
  readonly reconnecting: string;
  readonly loading: string;
  readonly loadingOlder: string;
  readonly olderFailed: string;
  readonly retry: string;
  readonly empty: Verdict;
  /** No call is left by the filters. */
  readonly noMatch: Verdict;
  readonly failed: Verdict;
  /** Shown until the page has given the element its attributes. */
  readonly setup: { readonly service: string; readonly auth: string };
  readonly details: string;
  readonly callBack: string;
  readonly callerId: string;
  readonly ringing: string;
  readonly answered: string;
  readonly ended: string;
  /** Stands before one of the `refusals`. */
  readonly refused: string;
  readonly notSaved: string;
  readonly recording: {
    readonly title: string;
    readonly play: string;
    readonly pause: string;
    readonly seek: string;
    readonly speed: string;
    readonly whom: string;
    readonly sides: { readonly both: string; readonly agent: string; readonly customer: string };
    readonly download: string;
    readonly processing: string;
    readonly absent: string;
    readonly deleted: string;
    readonly encrypted: string;
    readonly failed: string;
    readonly downloadFailed: string;
    /** Place of the player, for those who listen. Both are times as written. */
    position(at: string, of: string): string;
  };
  readonly note: {
    readonly title: string;
    readonly hint: string;
    readonly save: string;
    readonly saving: string;
    readonly saved: string;
    readonly failed: string;
    /** The field has two notes that met, and they are longer than a note may be. */
    readonly tooLong: string;
    readonly disposition: string;
    readonly none: string;
    readonly callBack: string;
    readonly callBackDone: string;
    /** A time that is over, or more than 366 days away. */
    readonly callBackRefused: string;
    /** A field that was left with a part of a date or time only. */
    readonly callBackHalf: string;
    calledBack(when: string): string;
  };
  /** What supervisors and admins may do besides. */
  readonly oversight: {
    readonly delete: string;
    /** Asked before a recording is deleted, with `keep` and `deleteForGood` as the answers. */
    readonly sure: string;
    readonly keep: string;
    readonly deleteForGood: string;
    readonly deleting: string;
    readonly notDeleted: string;
    /** Who deleted it, isolated from the direction of the text, and when. */
    by(who: string, when: string): string;
    /** Who did what with a call. */
    readonly history: string;
    readonly failed: string;
    readonly nothing: string;
    readonly deeds: Readonly<Record<CallDeed, string>>;
  };
  /** How many calls are shown, and whether there are more. `written` is the number as written. */
  calls(count: number, written: string, more: boolean): string;
}
