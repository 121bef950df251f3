import type { PhoneFact } from './events.ts';

/**
 * The agent's phone: one outgoing call at a time, named by its callId. Every method returns at once and never throws;
 * what comes of it is reported. Every call that was asked for ends in one `call-ended` or `call-failed`.
 */
export interface Phone {
  /** Loads and connects what a call needs, ahead of it. What fails is told by the call that needs it. */
  prepare(): void;
  connect(callId: string): void;
  /** Ends the call, in whatever stage it is; also one that has not begun. */
  disconnect(callId: string): void;
  mute(callId: string, on: boolean): void;
  /** `0-9*#`; `w` is a pause of half a second. */
  sendDigits(callId: string, digits: string): void;
  /** The carrier has the call, as others know: its silence is no reason to give it up. */
  confirmReached(callId: string): void;
  /** Ends everything and gives the microphone back. Nothing is reported afterwards. */
  close(): void;
}

export type CreatePhone = (report: (fact: PhoneFact) => void) => Phone;
