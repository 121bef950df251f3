import type { Notice, QualityWarning, Reach } from '../core/reach.ts';
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

/** Reasons for which no customer's call rings here. */
export type Unreachable = Exclude<Reach, 'off' | 'ready'>;

/** What the element says at first sight, in one language. A missing key is a compile error. */
export interface FirstMessages {
  /** BCP 47 tag and direction of what the element draws. */
  readonly lang: string;
  readonly dir: 'rtl' | 'ltr';
  /** Accessible name of the whole element. */
  readonly phone: string;
  /** The word beside the dot, for every phase. */
  readonly phases: Readonly<Record<Phase, string>>;
  /** The word beside the dot between calls, where customers' calls do not reach the agent. */
  readonly reaches: Readonly<Record<Unreachable, string>>;
  /** The word beside the dot until the page has given the element its attributes. */
  readonly notSetUp: string;
  /** An incoming call was accepted and is being connected. */
  readonly accepting: string;
  /** The word beside the dot while the agent is muted. */
  readonly muted: string;
  /** In place of the number of a caller who hides it. */
  readonly hiddenNumber: string;
  readonly numberField: string;
  readonly numberHint: string;
  readonly keypad: string;
  readonly erase: string;
  readonly recents: string;
  readonly call: string;
  /** Label of a button that calls a number, which comes isolated from the direction of the text. */
  callNumber(number: string): string;
  readonly answer: string;
  readonly decline: string;
  readonly hangUp: string;
  readonly close: string;
  readonly collapse: string;
  readonly expand: string;
  readonly menu: string;
  /** Label of the switch: customers' calls may ring here. */
  readonly available: string;
}

/** What the element says of a call under way: a first call waits for these words, and for no others. */
export interface TalkMessages {
  /** What being muted means. */
  readonly unheard: string;
  readonly mute: string;
  readonly note: string;
  readonly recording: string;
  /** Before the account's number that the customer called or sees. */
  readonly line: string;
  /** Opens the page's own record of the customer. */
  readonly openRecord: string;
  /** A length of time in words, for those who listen. */
  duration(length: Length): string;
}

/** What is said beside that: of ends, of trouble, of customers who call. */
export interface CallMessages {
  readonly outcomes: Readonly<Record<Outcome, Verdict>>;
  /** The agent declined a customer's call. */
  readonly declinedHere: Verdict;
  readonly problems: Readonly<Record<ProblemCode, Verdict>>;
  /** Why no customer's call rings here, and what to do about it. */
  readonly unreachable: Readonly<Record<Unreachable, Verdict>>;
  readonly warnings: Readonly<Record<QualityWarning, Verdict>>;
  readonly notices: Readonly<Record<Notice['code'], Verdict>>;
  readonly ringBlocked: Verdict;
  readonly silence: string;
  readonly silenced: string;
  /** What the page has still to say, in place of the number field. */
  readonly setup: { readonly service: string; readonly auth: string };
  /** Said of a call whose audio is being mended. */
  readonly callGoesOn: string;
  /** A second customer calls. */
  readonly waiting: string;
  readonly endAndAnswer: string;
  readonly callAgain: string;
  readonly callBack: string;
  readonly editNumber: string;
  /** Caption of the length of a call that is over. */
  readonly lasted: string;
  readonly back: string;
  readonly loading: string;
  readonly loadFailed: string;
  readonly retry: string;
  /** The carrier's error number, for the operator. */
  code(carrierCode: number): string;
}

/** What a call under way is shown in. */
export type TalkWords = FirstMessages & TalkMessages;

/** All that the element itself says. */
export type Messages = TalkWords & CallMessages;
