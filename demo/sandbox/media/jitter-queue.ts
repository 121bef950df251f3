import type { Frame } from '../ports.ts';

const START = 2;
const LIMIT = 12;

/** Frames between the network's rhythm and the clock's: a short cushion, never a growing delay. */
export class JitterQueue {
  readonly #frames: Frame[] = [];
  #filling = true;

  push(frame: Frame): void {
    this.#frames.push(frame);
    if (this.#frames.length > LIMIT) this.#frames.splice(0, this.#frames.length - START);
  }

  /** Undefined while there is nothing to play; after running dry it waits until two frames are there. */
  take(): Frame | undefined {
    if (this.#filling && this.#frames.length < START) return undefined;
    const frame = this.#frames.shift();
    this.#filling = frame === undefined;
    return frame;
  }
}
