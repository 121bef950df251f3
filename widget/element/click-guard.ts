import type { Call } from '../core/state.ts';

/** A second click, or a held Enter, lands where a button has just appeared: not meant for it. */
const GUARD_MS = 600;

/** The clock may have been set back since, and a call in the phone window may have begun by another computer's, which is ahead. */
function isJust(then: number): boolean {
  return Math.abs(Date.now() - then) < GUARD_MS;
}

/** Keeps the second click of a double click from hanging up, answering or declining. */
export class ClickGuard {
  #clickedAt = 0;
  #answeredAt = 0;

  /** For any click in the element, after what it does. */
  readonly clicked = (): void => {
    this.#clickedAt = Date.now();
  };

  allowsAnswer(): boolean {
    if (isJust(this.#clickedAt)) return false;
    this.#answeredAt = Date.now();
    return true;
  }

  allowsHangUp(call: Call | null): boolean {
    return call !== null && !isJust(call.startedAt) && !isJust(this.#answeredAt);
  }
}
