import { FRAME_SAMPLES, type Frame } from '../ports.ts';
import type { AudioLines, AudioSource } from '../switch/audio-line.ts';

const SILENT: Frame = new Int16Array(FRAME_SAMPLES);

/** What a pause leaves in the recording: nothing at all, or as much silence as it lasts. */
export type PauseBehavior = 'skip' | 'silence';

/** Keeps what several voices say in step with one another: a voice that is not there counts as silence. */
export class Recorder {
  readonly #frames: Frame[][];
  readonly #stop: () => void;
  #pause: PauseBehavior | undefined;

  constructor(lines: AudioLines, voices: readonly AudioSource[]) {
    this.#frames = voices.map(() => []);
    this.#stop = lines.tap(() => {
      if (this.#pause === 'skip') return;
      const isSilent = this.#pause === 'silence';
      voices.forEach((voice, channel) => this.#frames[channel]!.push((isSilent ? undefined : voice()) ?? SILENT));
    });
  }

  pause(behavior: PauseBehavior): void {
    this.#pause = behavior;
  }

  resume(): void {
    this.#pause = undefined;
  }

  /** Ends it; one array of samples for each voice, all of equal length. */
  stop(): Int16Array[] {
    this.#stop();
    return this.#frames.map((frames) => {
      const samples = new Int16Array(frames.length * FRAME_SAMPLES);
      frames.forEach((frame, index) => samples.set(frame, index * FRAME_SAMPLES));
      return samples;
    });
  }
}

/** Several voices in one channel. */
export function mixDown(channels: readonly Int16Array[]): Int16Array {
  const [first = new Int16Array(), ...others] = channels;
  return first.map((sample, index) => {
    const sum = others.reduce((total, other) => total + (other[index] ?? 0), sample);
    return Math.max(-32_768, Math.min(32_767, sum));
  });
}
