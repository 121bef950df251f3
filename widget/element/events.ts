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

/** What the agent wrote of a call, and what became of it: `kept` is on this computer until the service is there. */
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

class DialerEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { detail: Object.freeze(detail), bubbles: true, composed: true, cancelable });
  }
}

/** Before a call is made; `preventDefault()` keeps it from being made. */
export class AlmasarDialEvent extends DialerEvent<DialDetail> {
  constructor(detail: DialDetail) {
    super('almasar-dial', detail, true);
  }
}

/** A customer calls this agent. */
export class AlmasarCallIncomingEvent extends DialerEvent<CallDetail> {
  constructor(detail: CallDetail) {
    super('almasar-call-incoming', detail);
  }
}

/** The customer's phone rings. */
export class AlmasarCallRingingEvent extends DialerEvent<CallDetail> {
  constructor(detail: CallDetail) {
    super('almasar-call-ringing', detail);
  }
}

/** Both sides can talk. */
export class AlmasarCallOpenEvent extends DialerEvent<CallDetail> {
  constructor(detail: CallDetail) {
    super('almasar-call-open', detail);
  }
}

/** The call is over, whatever became of it. */
export class AlmasarCallEndedEvent extends DialerEvent<CallEndedDetail> {
  constructor(detail: CallEndedDetail) {
    super('almasar-call-ended', detail);
  }
}

/** A customer called and nobody answered here. */
export class AlmasarCallMissedEvent extends DialerEvent<CallDetail> {
  constructor(detail: CallDetail) {
    super('almasar-call-missed', detail);
  }
}

/** Customers' calls reach the agent, or no more; or the phone is somewhere else now. */
export class AlmasarReachEvent extends DialerEvent<ReachDetail> {
  constructor(detail: ReachDetail) {
    super('almasar-reach', detail);
  }
}

/** Note and disposition of a call were taken, by the service or by this computer. */
export class AlmasarWrapUpSavedEvent extends DialerEvent<WrapUpSavedDetail> {
  constructor(detail: WrapUpSavedDetail) {
    super('almasar-wrap-up-saved', detail);
  }
}

/** Something went wrong. */
export class AlmasarErrorEvent extends DialerEvent<ErrorDetail> {
  constructor(detail: ErrorDetail) {
    super('almasar-error', detail);
  }
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
