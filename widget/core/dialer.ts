import type { DialerState } from './state.ts';

export interface DialOptions {
  /** The customer's name, shown to the agent and kept in the log. */
  name?: string | undefined;
}

/**
 * The phone as the element sees it. Methods are requests: they return at once and never throw; what came of them
 * is in the state, which changes only when the service or the carrier has said so.
 */
export interface Dialer {
  getState(): DialerState;
  /** Calls the listener at every change, not at once. Returns the unsubscriber. */
  subscribe(listener: (state: DialerState) => void): () => void;
  /** Calls a number as a person wrote it. Ignored while a call is in progress. */
  dial(dialString: string, options?: DialOptions): void;
  hangUp(): void;
  mute(on: boolean): void;
  /** Keypad tones during a call: `0-9*#`, `w` is a pause of half a second. */
  sendDigits(digits: string): void;
  /** From `ended` (or `idle` with a problem) back to a clean `idle`. */
  dismiss(): void;
  /** Loads what a first call needs (SDK, token, number rules) ahead of it. */
  prepare(): void;
  /** Ends the call in progress and gives everything back. */
  close(): void;
}

/** What the page says in attributes and properties of the element. */
export interface DialerSettings {
  /** Origin (or base URL) of the service. */
  service: string;
  /** ISO 3166-1 alpha-2 country of national numbers. */
  defaultCountry: string;
  /** The CRM's JWT for the agent who is signed in. */
  getAuthToken: () => Promise<string>;
}

export type CreateDialer = (settings: DialerSettings) => Dialer;
