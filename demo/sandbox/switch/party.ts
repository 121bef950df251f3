import type { AudioEnd, CallError, CallMessage } from '../ports.ts';

export interface PartyEvents {
  /** A key the party pressed. */
  digit(digit: string): void;
  hungUp(): void;
  message(message: CallMessage): void;
}

/** Whoever holds the other end of a leg: an agent's Device, or a simulated telephone. */
export interface Party {
  readonly audio: AudioEnd;
  /** The other side pressed a key. */
  hearDigit(digit: string): void;
  /** The other side sent a call message. */
  sendMessage(message: CallMessage): void;
  hangUp(error?: CallError): void;
  listen(events: PartyEvents): void;
}

/** How a call attempt ended without an answer. */
export interface AttemptFailure {
  status: 'busy' | 'no-answer' | 'failed';
  sipResponseCode: number;
}

export interface AttemptEvents {
  ringing(): void;
  answered(party: Party): void;
  failed(failure: AttemptFailure): void;
}

export interface Attempt {
  /** Stops ringing; no event follows. */
  cancel(): void;
}

/** Rings somebody. Events may come only after it has returned. */
export type PlaceAttempt = (events: AttemptEvents) => Attempt;
