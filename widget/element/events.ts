import type { WrapUp, WrapUpResult } from '../core/dialer.ts';
import type { Place, Reach } from '../core/reach.ts';
import type { Call, Outcome, Problem, ProblemCode } from '../core/state.ts';

/** What identifies a call, in every event about one. */
export interface CallDetail {
  readonly callId: string;
  readonly number: string;
  readonly name: string | null;
  readonly direction: Call['direction'];
}

/** A call that is over. `durationSeconds` is the conversation's length: 0 when nobody answered. */
export interface CallEndedDetail extends CallDetail {
  readonly outcome: Outcome | null;
  readonly durationSeconds: number;
  readonly problem: Problem | null;
}

export interface DialDetail {
  readonly to: string;
  readonly name: string | null;
  /** `false`: `dial()` was asked for a conversation that is not recorded. */
  readonly record: boolean;
  /** What the customer is to see; `undefined`: what the agent has chosen, else what the service chooses; `null`: the latter. */
  readonly callerId: string | null | undefined;
}

/** Whether customers' calls reach this agent, and where the phone is. */
export interface ReachDetail {
  readonly reach: Reach;
  readonly place: Place;
}

/**
 * What the agent wrote of a call, and what became of it: `kept` is on this computer until the service is there. What is
 * absent was left as it was.
 */
export interface WrapUpSavedDetail extends WrapUp {
  readonly callId: string;
  readonly result: WrapUpResult;
}

/** `message` is in the element's language, ready to be shown. */
export interface ErrorDetail {
  readonly code: ProblemCode;
  readonly carrierCode: number | null;
  readonly message: string;
}

/** Before a call is made; `preventDefault()` keeps it from being made. */
export type AlmasarDialEvent = CustomEvent<DialDetail>;
/** A customer calls this agent. */
export type AlmasarCallIncomingEvent = CustomEvent<CallDetail>;
/** The customer's phone rings. */
export type AlmasarCallRingingEvent = CustomEvent<CallDetail>;
/** Both sides can talk. */
export type AlmasarCallOpenEvent = CustomEvent<CallDetail>;
/** The call is over, whatever became of it. */
export type AlmasarCallEndedEvent = CustomEvent<CallEndedDetail>;
/** A customer called and nobody answered here. */
export type AlmasarCallMissedEvent = CustomEvent<CallDetail>;
/** Customers' calls reach the agent, or no more; or the phone is somewhere else now. */
export type AlmasarReachEvent = CustomEvent<ReachDetail>;
/** Note, disposition and call-back of a call were taken, by the service or by this computer. */
export type AlmasarWrapUpSavedEvent = CustomEvent<WrapUpSavedDetail>;
/** Something went wrong. */
export type AlmasarErrorEvent = CustomEvent<ErrorDetail>;

/** Tells the page, from an element; out of every shadow root. False: the page prevents what was about to be done. */
export function tell<Type extends `almasar-${string}` & keyof HTMLElementEventMap>(
  element: EventTarget,
  type: Type,
  detail: HTMLElementEventMap[Type] extends CustomEvent<infer Detail> ? Detail : never,
): boolean {
  const cancelable = type === 'almasar-dial';
  return element.dispatchEvent(
    new CustomEvent(type, { detail: Object.freeze(detail), bubbles: true, composed: true, cancelable }),
  );
}

declare global {
  interface HTMLElementEventMap {
    'almasar-dial': AlmasarDialEvent;
    'almasar-call-incoming': AlmasarCallIncomingEvent;
    'almasar-call-missed': AlmasarCallMissedEvent;
    'almasar-call-ringing': AlmasarCallRingingEvent;
    'almasar-call-open': AlmasarCallOpenEvent;
    'almasar-call-ended': AlmasarCallEndedEvent;
    'almasar-error': AlmasarErrorEvent;
    'almasar-reach': AlmasarReachEvent;
    'almasar-wrap-up-saved': AlmasarWrapUpSavedEvent;
  }
}
