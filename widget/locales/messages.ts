import type { Outcome, Phase, ProblemCode } from '../core/state.ts';

/** What happened, in a few words, and what the agent can do next, in one sentence. */
export interface Verdict {
  readonly title: string;
  readonly advice: string;
}

/** A length of time: `seconds` and `minutes` below 60. */
export interface Length {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Everything the element says in one language. A missing key is a compile error. */
export interface Messages {
  /** BCP 47 tag and direction of what the element draws. */
  readonly lang: string;
  readonly dir: 'rtl' | 'ltr';
  /** Accessible name of the whole element. */
  readonly phone: string;
  /** The word beside the dot, for every phase. */
  readonly phases: Readonly<Record<Phase, string>>;
  readonly outcomes: Readonly<Record<Outcome, Verdict>>;
  readonly problems: Readonly<Record<ProblemCode, Verdict>>;
  /** Shown in place of the number field until the page has given the element its attributes. */
  readonly setup: { readonly service: string; readonly auth: string };
  /** Said of a call whose audio is being mended. */
  readonly callGoesOn: string;
  readonly muted: string;
  readonly numberField: string;
  readonly numberHint: string;
  readonly keypad: string;
  readonly erase: string;
  readonly call: string;
  readonly callAgain: string;
  readonly editNumber: string;
  readonly hangUp: string;
  readonly mute: string;
  readonly close: string;
  readonly collapse: string;
  readonly expand: string;
  /** Caption of the length of a call that is over. */
  readonly lasted: string;
  /** The carrier's error number, for the operator. */
  code(carrierCode: number): string;
  /** A length of time in words, for those who listen. */
  duration(length: Length): string;
}
