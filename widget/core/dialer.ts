import type { Audio } from './audio.ts';
import type { HomeForm } from './home-form.ts';
import type { LineCheck } from './line-check.ts';
import type { Call, DialerState, Outcome } from './state.ts';

export interface DialOptions {
  /** The customer's name, shown to the agent and kept in the log. */
  name?: string | null | undefined;
  /** `false`: this conversation is not to be recorded. The call is refused where the service does not allow that. */
  record?: boolean | undefined;
  /**
   * The number that the customer sees, E.164: one that the agent may show, else the call is refused. `null`: the service
   * chooses. Without it: the element's `callerId`, else what the agent has chosen.
   */
  callerId?: string | null | undefined;
}

/** A number of the account, E.164, and what the operator calls it, in the two languages that the service keeps. */
export interface CallerId {
  readonly number: string;
  readonly label: { readonly ar: string; readonly en: string } | null;
}

/** What customers see of an agent. */
export interface CallerIds {
  /** What this agent may show. */
  readonly numbers: readonly CallerId[];
  /** What the agent has chosen in this browser, E.164; null: what the service chooses. It may be allowed no more. */
  chosen(): string | null;
  choose(number: string | null): void;
  /** Calls the listener when it is chosen anew, in this tab or another. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
}

/** A call of before, for “recent”. */
export interface RecentCall extends Pick<Call, 'callId' | 'direction' | 'number' | 'name'> {
  readonly outcome: Outcome | null;
  /** `false`: it was not to be recorded. */
  readonly record: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** An outcome label to choose after a call, in the two languages that the service keeps them in. */
export interface Disposition {
  readonly id: string;
  readonly label: { readonly ar: string; readonly en: string };
}

/** What an agent writes of a call. What is absent stays as it was. */
export interface WrapUp {
  readonly note?: string | undefined;
  /** Id of a Disposition; `null`: none. */
  readonly disposition?: string | null | undefined;
  /** When to call the customer again, ISO 8601, up to 366 days ahead; `null`: not at all. */
  readonly callBackAt?: string | null | undefined;
  /**
   * The note that its writer had before them. Where the call has another by the time `note` arrives, both are kept; without
   * this, `note` takes the place of any.
   */
  readonly noteBefore?: string | undefined;
}

/** What is kept of that, in the service or on this computer. A call-back that is done is none any more. */
export interface KeptWrapUp {
  readonly note: string;
  readonly disposition: string | null;
  readonly callBackAt: string | null;
}

export type WrapUpListener = (kept: KeptWrapUp, refused?: WrapUp) => void;

/** A customer who is to be called again. */
export interface CallBack extends Pick<RecentCall, 'callId' | 'number' | 'name' | 'record'> {
  readonly note: string | null;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
}

/** Some of the call-backs, and how many there are. */
export interface CallBackList {
  /** The one that is due first before the others; from the first on, without a gap. */
  readonly calls: readonly CallBack[];
  readonly total: number;
  /** Of how many the time had come when the service was asked. */
  readonly due: number;
}

/** The call-backs of this agent that are not done, as the service has them. */
export interface CallBacks {
  /** The first `count`, a hundred unless told otherwise. Rejects with a ProblemError. */
  list(count?: number): Promise<CallBackList>;
  /** Says that one is done or, `false`, that it is not. Rejects with a ProblemError. */
  setDone(callId: string, done: boolean): Promise<void>;
  /** Puts one off to another time, ISO 8601. Rejects with a ProblemError. */
  setTime(callId: string, at: string): Promise<void>;
  /** Tells that `list` answers something else now, until what it answers is called. */
  watch(listener: () => void): () => void;
}

/** `saved` in the service · `kept` on this computer, sent as soon as the service is there · `refused` for good. */
export type WrapUpResult = 'saved' | 'kept' | 'refused';

/**
 * `done`, as the service says · `not-running`: nothing of this call is being recorded now · `service-away`,
 * `carrier-refused`: nothing is known to have changed.
 */
export type RecordingPauseResult = 'done' | 'not-running' | 'service-away' | 'carrier-refused';

/**
 * What operates the agent's phone, wherever it is: in this page, in another tab or in the phone window. Methods are
 * requests: they return at once and never throw; what came of them is in the state, which changes only when the service
 * or the carrier has said so.
 */
export interface Handset {
  getState(): DialerState;
  /** Calls the listener at every change, not at once. Returns the unsubscriber. */
  subscribe(listener: (state: DialerState) => void): () => void;
  /** Calls a number as a person wrote it. Ignored while a call is in progress. */
  dial(dialString: string, options?: DialOptions): void;
  /** Takes the call that rings, or that waits: the one in progress is ended first. */
  answer(callId?: string): void;
  decline(callId?: string): void;
  /** Stops the ringtone; the call goes on ringing. */
  silence(): void;
  hangUp(): void;
  mute(on: boolean): void;
  /** Keypad tones during a call: `0-9*#`, `w` is a pause of half a second. */
  sendDigits(digits: string): void;
  /** From `ended` (or `idle` with a problem) back to a clean `idle`. */
  dismiss(): void;
  dismissNotice(): void;
  /** Lets customers' calls ring here or, `false`, says that the agent is away. */
  setAvailable(on: boolean): void;
  /** The page's look-up knows who a call is with. */
  nameCustomer(callId: string, name: string): void;
  /** Loads what a first call needs (SDK, token, number rules) ahead of it. */
  prepare(): void;
  /** Ends the call in progress and gives everything back. */
  close(): void;
}

/** What an agent needs beside the call; the same in every tab. Rejects with a ProblemError where a promise is answered. */
export interface AgentTools {
  /** Keeps note, disposition and call-back of a call: in the service or, while that is away, on this computer. Never rejects. */
  saveWrapUp(callId: string, wrapUp: WrapUp): Promise<WrapUpResult>;
  /**
   * Tells what is kept of a call as soon as that is known and at every change, until what it answers is called; and, once,
   * what was kept on this computer and then refused by the service: nobody else has it any more.
   */
  watchWrapUp(callId: string, listener: WrapUpListener): Promise<() => void>;
  /** Has silence recorded of the call in progress or, `false`, records on. Never rejects; the state says so, too. */
  pauseRecording(on: boolean): Promise<RecordingPauseResult>;
  /** The newest calls of this agent, newest first. */
  recentCalls(): Promise<readonly RecentCall[]>;
  callBacks(): Promise<CallBacks>;
  dispositions(): Promise<readonly Disposition[]>;
  /** Which numbers the agent may show to customers, as the service says now. */
  callerIds(): Promise<CallerIds>;
  /** How numbers of the default country are written there. */
  homeForm(): Promise<HomeForm>;
  /** The devices of this computer. */
  audio(): Promise<Audio>;
  /** Tells how loud the agent is in a call of this page, 0 to 1, until what it answers is called. */
  watchLevel(listener: (level: number) => void): Promise<() => void>;
  /** Begins a check of the line; only between calls. */
  checkLine(): Promise<LineCheck>;
}

/** The phone as the element sees it. */
export interface Dialer extends Handset, AgentTools {
  /** Brings the phone, with its sound, from another tab to this one; only between calls. */
  takeOver(): void;
  /** Opens the phone in a window of its own, which outlives this page; in a click. False when the browser refuses. */
  openPhoneWindow(language: string): Promise<boolean>;
}

/** What a phone does besides calls; it comes in a script of its own when it is first asked for. */
export type PageTools = AgentTools & Pick<Dialer, 'openPhoneWindow'>;

/** The phone, and the way to its tools. Rejects when their script cannot be fetched; the next try asks again. */
export interface PhoneWithTools extends Omit<Dialer, keyof PageTools> {
  loadTools(): Promise<PageTools>;
}

/** What the page says in attributes and properties of the element. */
export interface DialerSettings {
  /** Origin (or base URL) of the service. */
  service: string;
  /** ISO 3166-1 alpha-2 country of national numbers. */
  defaultCountry: string;
  /** Customers' calls ring here as soon as the page is there. */
  receiveCalls: boolean;
  /** No customer's call rings here from the end of a conversation until it is saved or closed. */
  pauseForWrapUp: boolean;
  /** This is the phone window: pages of other origins operate it through the service. */
  phoneWindow: boolean;
  /** The page's own in place of the browser's WebRTC. */
  webRtc?: object | undefined;
  /** The CRM's JWT for the agent who is signed in. */
  getAuthToken: () => Promise<string>;
}

export type CreateDialer = (settings: DialerSettings) => Dialer;
