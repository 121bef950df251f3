import type { Call } from '../core/state.ts';

/** A second click, or a held Enter, lands where a button has just appeared: not meant for it. */
const GUARD_MS = 600;

/** Keeps the second click of a double click from hanging up, answering or declining. */
export class ClickGuard {
  #clickedAt = 0;
  #answeredAt = 0;

  /** For any click in the element, after what it does. */
  readonly clicked = (): void => {
    this.#clickedAt = Date.now();
  };

  allowsAnswer(): boolean {
    const now = Date.now();
    if (now - this.#clickedAt < GUARD_MS) return false;
    this.#answeredAt = now;
    return true;
  }

  allowsHangUp(call: Call | null): boolean {
    return call !== null && Date.now() - Math.max(call.startedAt, this.#answeredAt) > GUARD_MS;
  }
}
