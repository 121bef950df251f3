import type { Telephone } from './telephone.ts';

/** How somebody with a telephone behaves. */
export interface FarEnd {
  /** Milliseconds of ringing before the outcome; undefined when the phone does not ring at all. */
  ringsMs: number | undefined;
  outcome: 'answers' | 'busy' | 'declines' | 'not-in-service' | 'never-answers';
  /** The conversation: of a phone that was answered, or that called. It ends by itself with the call. */
  talk?(telephone: Telephone): Promise<void>;
}
