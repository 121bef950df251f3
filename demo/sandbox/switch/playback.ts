import { FRAME_SAMPLES, type Frame } from '../ports.ts';

interface Clip {
  samples: Int16Array;
  at: number;
  played: () => void;
}

/** Sound that waits for its turn, taken in frames of 20 ms. */
export class Playback {
  #clips: Clip[] = [];

  /** Resolves when the last sample has been taken. */
  enqueue(samples: Int16Array): Promise<void> {
    return new Promise((resolve) => {
      this.#clips.push({ samples, at: 0, played: resolve });
    });
  }

  /** The next 20 ms; undefined when nothing waits. */
  next(): Frame | undefined {
    if (this.#clips.length === 0) return undefined;
    const frame = new Int16Array(FRAME_SAMPLES);
    for (let filled = 0; filled < FRAME_SAMPLES && this.#clips.length > 0;) {
      const clip = this.#clips[0]!;
      const part = clip.samples.subarray(clip.at, clip.at + FRAME_SAMPLES - filled);
      frame.set(part, filled);
      filled += part.length;
      clip.at += part.length;
      if (clip.at >= clip.samples.length) {
        this.#clips.shift();
        clip.played();
      }
    }
    return frame;
  }
}
