import type { Reach } from '../core/reach.ts';
import type { ProblemCode } from '../core/state.ts';

/** What is known of the way from a customer to this agent. */
export interface ReachFacts {
  /** Calls shall ring here. */
  readonly wanted: boolean;
  /** The browser has a network, as it says. */
  readonly online: boolean;
  /** The browser has frozen the page, or the computer slept. */
  readonly asleep: boolean;
  /** The carrier says that calls ring here. */
  readonly registered: boolean;
  /** Why there is no access token. */
  readonly tokenProblem: ProblemCode | null;
  /** For how long it has not been registered, in milliseconds. */
  readonly missingMs: number;
  /** What is in the way of one; null when there is one, and the page may use it. */
  readonly microphone: ProblemCode | null;
}

/** The SDK mends a lost connection in less; after that somebody should be told. */
const SERVICE_MS = 10_000;

/** Where a page cannot have a microphone ever, the phone gets no further either. */
const NEVER: ReadonlySet<ProblemCode | null> = new Set<ProblemCode | null>(['insecure-page', 'unsupported-browser']);

/** The one reason to tell: the first that has to be mended. */
export function reachOf(facts: ReachFacts): Reach {
  if (!facts.wanted) return 'off';
  if (facts.asleep) return 'asleep';
  if (!facts.online) return 'offline';
  if (NEVER.has(facts.microphone)) return 'no-microphone';
  if (!facts.registered) {
    if (facts.tokenProblem === 'unauthenticated') return 'signed-out';
    return facts.tokenProblem || facts.missingMs >= SERVICE_MS ? 'service' : 'connecting';
  }
  return facts.microphone ? 'no-microphone' : 'ready';
}
