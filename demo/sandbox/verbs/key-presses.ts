import type { Leg } from '../switch/leg.ts';
import { wait } from '../switch/waiting.ts';

/** The keys a party presses, from now on, one after the other. */
export class KeyPresses {
  readonly #waiting: string[] = [];
  readonly #stop: () => void;
  #wake: (() => void) | undefined;

  constructor(leg: Leg) {
    this.#stop = leg.onDigit((key) => {
      this.#waiting.push(key);
      this.#wake?.();
    });
  }

  /** The next key; undefined when the time is over or the signal aborted. */
  async next(ms: number, signal: AbortSignal): Promise<string | undefined> {
    if (this.#waiting.length === 0) {
      const pressed = new AbortController();
      this.#wake = () => pressed.abort();
      await wait(ms, AbortSignal.any([signal, pressed.signal]));
      this.#wake = undefined;
    }
    return this.#waiting.shift();
  }

  stop(): void {
    this.#stop();
  }
}
