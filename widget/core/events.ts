import type { Notice, QualityWarning, Reach, Ring } from './reach.ts';
import type { Call, DialerState, Outcome, Problem, ProblemCode } from './state.ts';

/** What is known of how a call ended: the carrier's word, and what went wrong. */
export interface Verdict {
  readonly outcome: Outcome | null;
  readonly problem: Problem | null;
}

/** Nothing is known. */
export const NO_VERDICT: Verdict = Object.freeze({ outcome: null, problem: null });

/** What the agent or the page asks for. Asking changes nothing but the phase that waits for the answer. */
export type DialerRequest =
  | {
      readonly type: 'dial-requested';
      callId: string;
      number: string;
      name: string | null;
      record: boolean;
      at: number;
    }
  /** Without a callId: the call that rings; a waiting call ends the one in progress first. */
  | { readonly type: 'answer-requested'; callId?: string | undefined }
  | { readonly type: 'decline-requested'; callId?: string | undefined }
  | { readonly type: 'silence-requested' }
  | { readonly type: 'hang-up-requested' }
  | { readonly type: 'mute-requested'; on: boolean }
  | { readonly type: 'digits-requested'; digits: string }
  | { readonly type: 'dismiss-requested' }
  | { readonly type: 'notice-dismissed' };

/** What the phone says of a call. `at` is in milliseconds since the epoch. */
export type PhoneFact =
  | { readonly type: 'call-rang'; callId: string; at: number }
  /** A customer calls; `line` as in Call. */
  | {
      readonly type: 'call-arrived';
      callId: string;
      number: string;
      name: string | null;
      line: string | null;
      at: number;
    }
  | { readonly type: 'call-opened'; callId: string; at: number }
  | { readonly type: 'call-muted'; callId: string; muted: boolean }
  | { readonly type: 'connection-lost'; callId: string }
  | { readonly type: 'connection-restored'; callId: string }
  /** A call of before the page was reloaded is taken up again; `connection-restored` says that it is here. */
  | { readonly type: 'call-resumed'; call: Call }
  /** The call is over for the phone; `verdict` is the phone's idea of why. */
  | { readonly type: 'call-ended'; callId: string; at: number; verdict: Verdict }
  /** The call never came about. */
  | { readonly type: 'call-failed'; callId: string; at: number; problem: Problem }
  | { readonly type: 'ring-changed'; ring: Ring }
  /** `problem` as `reachProblem` in CarrierFacts. */
  | { readonly type: 'reach-changed'; reach: Reach; problem?: ProblemCode | undefined }
  | { readonly type: 'warnings-changed'; callId: string; warnings: readonly QualityWarning[] }
  | { readonly type: 'device-changed'; notice: Notice };

/** What the service, or the page's look-up, says of a call. */
export type ServiceFact =
  /** The intent is accepted; `to` is E.164. */
  | { readonly type: 'number-accepted'; callId: string; to: string; line: string | null }
  | { readonly type: 'customer-known'; callId: string; name: string }
  | { readonly type: 'recording-changed'; callId: string; recording: boolean; recordingPaused: boolean }
  /** Another agent took a call that rang here too. */
  | { readonly type: 'call-taken'; callId: string }
  /** The carrier's word on the end (null: it gave none in time), and what to believe without it. */
  | { readonly type: 'outcome-known'; callId: string; at: number; outcome: Outcome | null; otherwise: Verdict };

export type DialerEvent = DialerRequest | PhoneFact | ServiceFact;

/** What is to be done after a transition, in the Voice SDK's verbs where it is the SDK that does it. */
export type Command =
  | { readonly type: 'create-intent'; callId: string; name: string | null; record: boolean }
  | { readonly type: 'connect'; callId: string }
  | { readonly type: 'accept'; callId: string }
  | { readonly type: 'reject'; callId: string }
  | { readonly type: 'silence' }
  | { readonly type: 'disconnect'; callId: string }
  | { readonly type: 'mute'; callId: string; on: boolean }
  | { readonly type: 'sendDigits'; callId: string; digits: string }
  | { readonly type: 'fetch-outcome'; callId: string; otherwise: Verdict };

/** The next state, and what is to be done. */
export type Step = readonly [DialerState, readonly Command[]];
