/** What a call is, to the agent who makes or takes it. Plain frozen data: no Lit, no Twilio, no DOM. */
import type { CarrierFacts } from './reach.ts';

/**
 * - `idle` no call · `dialing` requested, the far end does not ring yet · `ringing` the customer's phone rings
 * - `incoming` a customer calls this agent · `open` both can talk · `reconnecting` audio or signalling lost, being mended
 * - `ending` hang-up requested or reported, the outcome is being fetched · `ended` over; stays until dismissed or redialled
 */
export const PHASES = ['idle', 'dialing', 'ringing', 'incoming', 'open', 'reconnecting', 'ending', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

/** How the carrier says a call ended; the same words as the service's contract (held equal by a type test). */
export const OUTCOMES = [
  'answered',
  'busy',
  'no-answer',
  'declined',
  'not-in-service',
  'canceled',
  'failed',
  'missed',
  'voicemail',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why a call could not be made or was lost, each with a sentence of its own in every language. */
export const PROBLEM_CODES = [
  'service-not-set',
  'service-unreachable',
  'unauthenticated',
  'number-invalid',
  'number-emergency',
  'number-short',
  'number-type-refused',
  'country-refused',
  'no-caller-id',
  'caller-id-refused',
  'outgoing-stopped',
  'agent-blocked',
  'calls-too-many',
  'calls-at-once',
  'number-called-too-often',
  'spend-limit',
  'recording-required',
  'service-busy',
  'not-delivered',
  'microphone-denied',
  'microphone-dismissed',
  'microphone-denied-by-system',
  'microphone-not-allowed-here',
  'microphone-missing',
  'microphone-unavailable',
  'insecure-page',
  'access-token-invalid',
  'access-token-expired',
  'connection-lost',
  'media-lost',
  'carrier-refused',
  'content-policy',
  'unsupported-browser',
  'unknown',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  readonly code: ProblemCode;
  /** The Voice SDK's error number, for the operator; null when the problem is not the carrier's. */
  readonly carrierCode: number | null;
}

export interface Call {
  /** UUIDv7: names the conversation in the service and in its log. */
  readonly callId: string;
  readonly direction: 'outgoing' | 'incoming';
  /** E.164 as soon as the service has said it; until then what was dialled. Empty when a caller hides it. */
  readonly number: string;
  /** The customer's name as the page or the service knows it. */
  readonly name: string | null;
  /** Which of the account's numbers the customer called or sees, E.164; null of an account with one number. */
  readonly line: string | null;
  readonly muted: boolean;
  /** An incoming call was accepted here and is being connected. */
  readonly accepting: boolean;
  /** `false`: the page asked `dial()` for a conversation that is not recorded. */
  readonly record: boolean;
  /** The carrier says that it records what is said now; not while the recording is paused. */
  readonly recording: boolean;
  /** The service says that the recording was paused: it has silence until it goes on. */
  readonly recordingPaused: boolean;
  /** Milliseconds since the epoch; null until it happened. */
  readonly startedAt: number;
  readonly ringingAt: number | null;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
}

/** The element's `state`: a frozen snapshot, replaced (never changed) by every transition. */
export interface DialerState extends CarrierFacts {
  readonly phase: Phase;
  /** The call in progress, or the last one while `ended`; null while `idle`. */
  readonly call: Call | null;
  /** A second customer who calls while the agent has a call. */
  readonly waiting: Call | null;
  /** Second customers whom nobody answered here, oldest first: each is shown as a missed call once the agent is free. */
  readonly missed: readonly Call[];
  /** Set in `ended` when the carrier's verdict is known. */
  readonly outcome: Outcome | null;
  /**
   * Set when something went wrong: in `ended` with the call, in `idle` with a request that never became one, and in any
   * phase with what did not reach the phone in another tab or in its own window.
   */
  readonly problem: Problem | null;
}

export const IDLE: DialerState = Object.freeze({
  phase: 'idle',
  call: null,
  waiting: null,
  missed: Object.freeze([]),
  outcome: null,
  problem: null,
  reach: 'off',
  place: 'here',
  ring: 'off',
  warnings: Object.freeze([]),
  notice: null,
});

/** No call, and why a request did not become one. */
export function refused(code: ProblemCode): DialerState {
  return Object.freeze({ ...IDLE, problem: Object.freeze({ code, carrierCode: null }) });
}

/** A call is in progress: from the request or the ring until its outcome is known. */
export function isLive({ phase }: Pick<DialerState, 'phase'>): boolean {
  return phase !== 'idle' && phase !== 'ended';
}
