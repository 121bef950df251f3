import type { PhoneFact } from './events.ts';
import type { Call } from './state.ts';

/** What takes a call up again after its page was reloaded; kept by the tab. */
export interface SavedCall {
  readonly call: Call;
  /** The Voice SDK's, good for this agent's own access tokens only. */
  readonly connectToken: string;
}

/**
 * The agent's phone: one call at a time and one that waits, each named by its callId. Every method returns at once and
 * never throws; what comes of it is reported. Every call that was asked for, or arrived, ends in one `call-ended` or
 * `call-failed`.
 */
export interface Phone {
  /** Loads and connects what a call needs, ahead of it. What fails is told by the call that needs it. */
  prepare(): void;
  /** Lets customers' calls ring here, or not; `reach-changed` says what came of it. */
  receive(on: boolean): void;
  connect(callId: string): void;
  accept(callId: string): void;
  reject(callId: string): void;
  /** Stops the ringtone of the calls that ring now; they go on ringing elsewhere. */
  silence(): void;
  /** Ends the call, in whatever stage it is; also one that has not begun. */
  disconnect(callId: string): void;
  mute(callId: string, on: boolean): void;
  /** `0-9*#`; `w` is a pause of half a second. */
  sendDigits(callId: string, digits: string): void;
  /** The carrier has the call, as others know: its silence is no reason to give it up. */
  confirmReached(callId: string): void;
  /** Takes a call of before a reload up again: `call-resumed`, then `connection-restored` or `call-ended`. */
  resume(saved: SavedCall): void;
  /** What would take the call in progress up again in another page; null before it is open. */
  save(): SavedCall['connectToken'] | null;
  /**
   * Ends everything and gives the microphone back; `keepCall`: the page is being left, and the call in progress waits
   * for the next page to take it up. Nothing is reported afterwards.
   */
  close(keepCall?: boolean): void;
}

export type CreatePhone = (report: (fact: PhoneFact) => void) => Phone;
