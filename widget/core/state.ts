/** What a call is, to the agent who makes it. Plain frozen data: no Lit, no Twilio, no DOM. */

/**
 * - `idle` no call · `dialing` requested, the far end does not ring yet · `ringing` the customer's phone rings
 * - `incoming` a customer calls this agent · `open` both can talk · `reconnecting` audio or signalling lost, being mended
 * - `ending` hang-up requested or reported, the outcome is being fetched · `ended` over; stays until dismissed or redialled
 */
export const PHASES = ['idle', 'dialing', 'ringing', 'incoming', 'open', 'reconnecting', 'ending', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

/** How the carrier says a call ended; the same words as the service's contract (held equal by a type test). */
export const OUTCOMES = ['answered', 'busy', 'no-answer', 'declined', 'not-in-service', 'canceled', 'failed'] as const;
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
  'microphone-denied',
  'microphone-missing',
  'microphone-unavailable',
  'insecure-page',
  'access-token-invalid',
  'access-token-expired',
  'connection-lost',
  'media-lost',
  'carrier-refused',
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
  /** E.164 as soon as the service has said it; until then what was dialled. */
  readonly number: string;
  /** The customer's name as the page knows it. */
  readonly name: string | null;
  readonly muted: boolean;
  /** Milliseconds since the epoch; null until it happened. */
  readonly startedAt: number;
  readonly ringingAt: number | null;
  readonly openedAt: number | null;
  readonly endedAt: number | null;
}

/** The element's `state`: a frozen snapshot, replaced (never changed) by every transition. */
export interface DialerState {
  readonly phase: Phase;
  /** The call in progress, or the last one while `ended`; null while `idle`. */
  readonly call: Call | null;
  /** Set in `ended` when the carrier's verdict is known. */
  readonly outcome: Outcome | null;
  /** Set in `ended` (and in `idle`, for a request that never became a call) when something went wrong. */
  readonly problem: Problem | null;
}

export const IDLE: DialerState = Object.freeze({ phase: 'idle', call: null, outcome: null, problem: null });

/** No call, and why a request did not become one. */
export function refused(code: ProblemCode): DialerState {
  return Object.freeze({ ...IDLE, problem: Object.freeze({ code, carrierCode: null }) });
}
