import type { Outcome, Problem } from './state.ts';

/** What is known of how a call ended: the carrier's word, and what went wrong. */
export interface Verdict {
  readonly outcome: Outcome | null;
  readonly problem: Problem | null;
}

/** Nothing is known. */
export const NO_VERDICT: Verdict = Object.freeze({ outcome: null, problem: null });

/** What the agent or the page asks for. Asking changes nothing but the phase that waits for the answer. */
export type DialerRequest =
  | { readonly type: 'dial-requested'; callId: string; number: string; name: string | null; at: number }
  | { readonly type: 'hang-up-requested' }
  | { readonly type: 'mute-requested'; on: boolean }
  | { readonly type: 'digits-requested'; digits: string }
  | { readonly type: 'dismiss-requested' };

/** What the phone says of a call. `at` is in milliseconds since the epoch. */
export type PhoneFact =
  | { readonly type: 'call-rang'; callId: string; at: number }
  | { readonly type: 'call-opened'; callId: string; at: number }
  | { readonly type: 'call-muted'; callId: string; muted: boolean }
  | { readonly type: 'connection-lost'; callId: string }
  | { readonly type: 'connection-restored'; callId: string }
  /** The call is over for the phone; `verdict` is the phone's idea of why. */
  | { readonly type: 'call-ended'; callId: string; at: number; verdict: Verdict }
  /** The call never came about. */
  | { readonly type: 'call-failed'; callId: string; at: number; problem: Problem };

/** What the service says of a call. */
export type ServiceFact =
  /** The intent is accepted; `to` is E.164. */
  | { readonly type: 'number-accepted'; callId: string; to: string }
  /** The carrier's word on the end (null: it gave none in time), and what to believe without it. */
  | { readonly type: 'outcome-known'; callId: string; at: number; outcome: Outcome | null; otherwise: Verdict };

export type DialerEvent = DialerRequest | PhoneFact | ServiceFact;

/** What is to be done after a transition, in the Voice SDK's verbs where it is the SDK that does it. */
export type Command =
  | { readonly type: 'create-intent'; callId: string; number: string; name: string | null }
  | { readonly type: 'connect'; callId: string }
  | { readonly type: 'disconnect'; callId: string }
  | { readonly type: 'mute'; callId: string; on: boolean }
  | { readonly type: 'sendDigits'; callId: string; digits: string }
  | { readonly type: 'fetch-outcome'; callId: string; otherwise: Verdict };
