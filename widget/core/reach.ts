import type { ProblemCode } from './state.ts';

/**
 * Whether customers' calls reach this agent, and why not.
 * - `off` receiving is not asked for · `connecting` on the way · `ready` a customer's call would ring here
 * - `away` the agent says so · `offline` no network · `asleep` the browser has frozen the page that holds the phone
 * - `no-microphone` a call could not be answered · `signed-out` the page gives no token · `service` the service or the
 *   carrier is not reached
 */
export const REACHES = [
  'off',
  'connecting',
  'ready',
  'away',
  'offline',
  'asleep',
  'no-microphone',
  'signed-out',
  'service',
] as const;
export type Reach = (typeof REACHES)[number];

/**
 * Of an agent who takes no customer while the last call is being written up: `reach` as others are to know it. What keeps
 * customers away besides is said all the same.
 */
export function reachInWrapUp(reach: Reach, { phase, call }: WrittenUp): Reach {
  const over = phase === 'ending' || phase === 'ended';
  return reach === 'ready' && over && call?.openedAt ? 'away' : reach;
}

interface WrittenUp {
  readonly phase: string;
  readonly call: { readonly openedAt: number | null } | null;
}

/** Where the agent's one phone is: its sound and its microphone. `other-tab` and `phone-window` are operated from here. */
export const PLACES = ['here', 'other-tab', 'phone-window'] as const;
export type Place = (typeof PLACES)[number];

/** The ringtone: `blocked` means that the browser does not let it sound until the page is clicked. */
export const RINGS = ['off', 'on', 'silenced', 'blocked'] as const;
export type Ring = (typeof RINGS)[number];

/**
 * What is wrong with the sound of a call, while it is; the most serious first.
 * - `no-connection` the audio path is broken
 * - `not-heard-microphone` the microphone gives silence · `not-heard-network` what it gives does not arrive
 * - `customer-silent` nothing is heard of the customer · `choppy` lost or jittering packets · `delayed` long round trip
 */
export const QUALITY_WARNINGS = [
  'no-connection',
  'not-heard-microphone',
  'not-heard-network',
  'customer-silent',
  'choppy',
  'delayed',
] as const;
export type QualityWarning = (typeof QUALITY_WARNINGS)[number];

/** Something that happened to the devices and was dealt with; `device` is the label of the one in use now. */
export const NOTICE_CODES = ['microphone-changed', 'microphone-lost', 'speaker-changed', 'device-found'] as const;
export interface Notice {
  readonly code: (typeof NOTICE_CODES)[number];
  readonly device: string;
}

/** What the phone says beside the call. */
export interface CarrierFacts {
  readonly reach: Reach;
  /** With `no-microphone`, what is in the way of it. */
  readonly reachProblem?: ProblemCode | undefined;
  readonly place: Place;
  readonly ring: Ring;
  /** The most serious first, which is the one to show. */
  readonly warnings: readonly QualityWarning[];
  readonly notice: Notice | null;
}
