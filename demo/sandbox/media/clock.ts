import { FRAME_MS } from '../ports.ts';

/** The one 20 ms clock that all audio moves by. Late ticks are made up for, so that a call does not fall behind. */
export class AudioClock {
  readonly #listeners = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;

  /** `onError` hears of a listener that threw; the others go on. */
  constructor(onError: (error: unknown) => void = () => {}) {
    this.#onError = onError;
  }

  onTick(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  start(): void {
    if (this.#timer) return;
    this.#next = performance.now() + FRAME_MS;
    this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#next - performance.now()));
  }

  #run(): void {
    const now = performance.now();
    // A process that slept does not replay minutes of audio at once.
    if (now - this.#next > 1000) this.#next = now;
    while (this.#next <= now) {
      this.#next += FRAME_MS;
      this.#tick();
    }
    if (this.#timer) this.#schedule();
  }

  #tick(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
