import type { Place } from '../core/reach.ts';
import type { CheckStepId, LineCheckState } from '../core/line-check.ts';
import type { Outcome } from '../core/state.ts';
import type { Verdict } from './messages.ts';

/** How to get at the microphone, one short sentence a step, in the order in which they are done. */
export interface RemedyMessages {
  /** The site's own permission, by browser and kind of device. */
  readonly allow: Readonly<
    Record<
      | 'chrome'
      | 'edge'
      | 'firefox'
      | 'safari'
      | 'other'
      | 'chrome-mobile'
      | 'edge-mobile'
      | 'firefox-mobile'
      | 'safari-mobile'
      | 'other-mobile',
      readonly string[]
    >
  >;
  /** The person closed the question without an answer. */
  readonly askAgain: readonly string[];
  readonly askAgainFirefox: readonly string[];
  /** The system keeps the microphone from the browser; `browser` is its name. */
  system(kind: 'windows' | 'mac' | 'android' | 'ios' | 'linux' | 'other', browser: string): readonly string[];
  readonly frame: readonly string[];
  readonly missing: readonly string[];
  readonly missingMobile: readonly string[];
  readonly inUse: readonly string[];
  readonly inUseFirefox: string;
  readonly inUseMobile: readonly string[];
  readonly insecure: readonly string[];
}

/** Everything the panels say in one language. A number comes twice: for the plural, and written in the page's numerals. */
export interface PanelMessages {
  readonly lang: 'ar' | 'en';
  readonly titles: Readonly<
    Record<'recents' | 'call-backs' | 'audio' | 'check' | 'more' | 'wrap-up' | 'microphone', string>
  >;
  readonly loading: string;
  readonly retry: string;
  readonly more: {
    readonly recents: string;
    readonly callBacks: string;
    readonly audio: string;
    readonly check: string;
    readonly phoneWindow: string;
    /** Why one would. */
    readonly phoneWindowWhy: string;
    readonly phoneWindowOpen: string;
    readonly phoneWindowLater: string;
    readonly keys: string;
    /** What the page's own keys do, in the list of keys. */
    readonly toPhone: string;
    /** What a key is called, and what it does. */
    readonly keyHelp: readonly (readonly [keys: string, does: string])[];
  };
  readonly recents: {
    readonly empty: string;
    readonly emptyAdvice: string;
    readonly today: string;
    readonly yesterday: string;
    readonly tomorrow: string;
    readonly hidden: string;
    readonly incoming: string;
    readonly outgoing: string;
    readonly unknown: string;
    /** Accessible name of what redials. */
    callBack(who: string): string;
    /** Said after a refresh. */
    listed(count: number, shown: string): string;
  };
  /** Customers who are to be called again. */
  readonly callBacks: {
    readonly empty: string;
    readonly emptyAdvice: string;
    /** Above those whose time has come. */
    readonly due: string;
    listed(count: number, shown: string): string;
    /** What brings those that are not listed yet. */
    more(count: number, shown: string): string;
    /** How many of them are due. */
    dueCount(count: number, shown: string): string;
    /** Accessible name of what says that it is done. */
    done(who: string): string;
    /** Accessible name of what offers later times. */
    later(who: string): string;
    /** It was put off. */
    wasMoved(who: string, when: string): string;
    /** It is, with a way back. */
    wasDone(who: string): string;
    readonly undo: string;
    /** Said when the time of one has come. */
    isDue(who: string): string;
  };
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly audio: {
    readonly microphone: string;
    readonly speaker: string;
    readonly ringer: string;
    readonly volume: string;
    readonly level: string;
    readonly allow: string;
    readonly allowWhy: string;
    readonly test: string;
    readonly stopTest: string;
    readonly play: string;
    readonly playRinger: string;
    readonly speak: string;
    readonly heard: string;
    readonly notHeard: string;
    readonly systemDefault: string;
    readonly notConnected: string;
    readonly noSpeakerChoice: string;
    device(n: number, shown: string): string;
    readonly notifications: string;
    readonly notificationsWhy: string;
    readonly notificationsDenied: string;
    readonly notificationsUnsupported: string;
    readonly headset: string;
    readonly headsetWhy: string;
  };
  readonly check: {
    readonly why: string;
    readonly start: string;
    readonly again: string;
    readonly inCall: string;
    readonly steps: Readonly<Record<CheckStepId, string>>;
    readonly statuses: Readonly<Record<LineCheckState['steps'][number]['status'], string>>;
    /** A step that is only just good enough: what is weak about it, and what to do. */
    readonly weak: Readonly<Partial<Record<CheckStepId, Verdict>>>;
    readonly weakOtherwise: string;
    readonly running: string;
    readonly good: string;
    usable(reason: string): string;
    unusable(reason: string): string;
    roundTrip(milliseconds: string): string;
    loss(percent: string): string;
    readonly copy: string;
    readonly copied: string;
    readonly copyByHand: string;
  };
  readonly wrapUp: {
    /** Whose call is written about. */
    about(who: string): string;
    readonly noCall: string;
    readonly otherCall: string;
    readonly disposition: string;
    readonly note: string;
    readonly noteHint: string;
    readonly save: string;
    readonly saving: string;
    readonly saved: string;
    readonly kept: string;
    readonly refused: string;
    /** When to call again: from now, tomorrow at a time, or at a time of the agent's own. */
    readonly callBack: {
      readonly title: string;
      readonly none: string;
      readonly soon: string;
      readonly hour: string;
      tomorrow(time: string): string;
      readonly own: string;
      readonly ownTime: string;
      /** The time that was chosen. */
      chosen(day: string, time: string): string;
      readonly problems: Readonly<Record<'past' | 'far' | 'invalid', string>>;
    };
    /** What another tab or page has kept of what is being written here. */
    elsewhere(what: string): string;
    /** Of the note: what somebody else has written since. */
    bothKept(what: string): string;
    /** Both notes are longer than one may be. */
    bothTooLong(what: string): string;
    readonly unsaved: string;
    left(count: number, shown: string): string;
  };
  readonly remedies: RemedyMessages;
  /** What is said beside a call and its trouble. */
  readonly asides: {
    /** A number was clicked during a call. */
    readonly oneAtATime: string;
    /** The same, once that call is over. */
    readonly notYet: string;
    notCalled(number: string): string;
    /** Leads to the steps that mend a microphone. */
    readonly showHow: string;
    /** Puts the call on a headset that has just been plugged in. */
    readonly useDevice: string;
    /** The pause of a call's recording. */
    readonly recording: {
      readonly paused: string;
      /** The same where there is room for one short line. */
      readonly pausedShort: string;
      /** On the button; its name, which has to begin with that; and while it is not done yet. */
      readonly pause: string;
      readonly pauseName: string;
      readonly pausing: string;
      readonly resume: string;
      readonly resumeName: string;
      readonly resuming: string;
      readonly heardPaused: string;
      readonly heardResumed: string;
      /** It was not done, and why. */
      readonly stillRecording: string;
      readonly stillPaused: string;
      readonly failures: Readonly<Record<'service-away' | 'carrier-refused', string>>;
      readonly notRunning: Verdict;
    };
    /** Why the carrier refused, by who can mend it. */
    readonly carrierReasons: Readonly<
      Record<'account' | 'tooMany' | 'noApplication' | 'blocked' | 'notFound' | 'noInstructions', Verdict>
    >;
  };
  /** Of the phone's own window, where it is open or to be opened. */
  readonly window: {
    /** What is not to be done here, but there. */
    readonly there: Readonly<Record<'audio' | 'check', Verdict>>;
    readonly bringUp: string;
    /** The browser does not let this page bring it up. */
    readonly hidden: string;
    /** The browser did not open it. */
    readonly blocked: string;
  };
  /** Beside what the phone is doing. */
  readonly side: {
    readonly places: Readonly<Record<Exclude<Place, 'here'>, Verdict>>;
    /** Takes the phone over from the other tab. */
    readonly bringHere: string;
    /** A page was left with a call. */
    readonly leftInCall: Verdict;
    /** No customer rings until the last call is written up. */
    readonly wrappingUp: string;
    /** Before a number as it will be called. */
    readonly willCall: string;
    /** Which number customers see. */
    readonly callerId: {
      readonly label: string;
      /** The service chooses. */
      readonly automatic: string;
      /** How it does. */
      readonly why: string;
      /** What was chosen may not be shown. */
      gone(number: string): string;
      readonly goneAdvice: string;
    };
    /** Said with a customer who calls: `keys` lead to the phone. */
    jump(keys: string): string;
  };
}
