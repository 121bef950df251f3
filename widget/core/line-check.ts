import type { ProblemCode } from './state.ts';

/** What is looked at, in this order; a step that fails makes those that need it `skipped`. */
export const CHECK_STEPS = [
  'secure-page',
  'permissions-policy',
  'service',
  'token',
  'content-policy',
  'signalling',
  'microphone',
  'echo',
] as const;
export type CheckStepId = (typeof CHECK_STEPS)[number];

export interface CheckStep {
  readonly id: CheckStepId;
  readonly status: 'waiting' | 'running' | 'good' | 'weak' | 'failed' | 'skipped';
  /** Why it failed. */
  readonly problem: ProblemCode | null;
  /** For support: a code, a directive, a measurement. Not translated. */
  readonly detail: string;
}

/** `running` until all steps are done; then the verdict in one word. */
export interface LineCheckState {
  readonly verdict: 'running' | 'good' | 'weak' | 'bad';
  readonly steps: readonly CheckStep[];
  /** Of the echo call, when it came so far. Milliseconds, 0..1, 1..4.5. */
  readonly measured: { readonly roundTripMs: number; readonly lossShare: number; readonly mos: number } | null;
}

/** One run of “is my line good?”. */
export interface LineCheck {
  getState(): LineCheckState;
  subscribe(listener: (state: LineCheckState) => void): () => void;
  /** Ends the run and gives everything back. */
  close(): void;
}
