import type { Line, LineBoard } from '../switch/line-board.ts';
import { FRAME_SAMPLES, type Frame } from '../ports.ts';

/** Records lines, each into a channel of its own, on the one clock; a line that is not there yet is silent. */
export class Recorder {
  readonly #channels: Frame[][];
  readonly #remove: () => void;

  /** `lines` are asked at every tick, so that a party may join a recording that is already running. */
  constructor(board: LineBoard, lines: readonly (() => Line | undefined)[]) {
    this.#channels = lines.map(() => []);
    this.#remove = board.tap(() => {
      lines.forEach((line, at) => {
        this.#channels[at]!.push(line()?.said ?? new Int16Array(FRAME_SAMPLES));
      });
    });
  }

  /** One array of samples for each line. */
  stop(): Int16Array[] {
    this.#remove();
    return this.#channels.map((frames) => {
      const samples = new Int16Array(frames.length * FRAME_SAMPLES);
      frames.forEach((frame, index) => samples.set(frame, index * FRAME_SAMPLES));
      return samples;
    });
  }
}

/** Two voices in one channel. */
export function mixed(channels: Int16Array[]): Int16Array {
  const [first = new Int16Array(0), ...others] = channels;
  return first.map((sample, index) => {
    const sum = others.reduce((total, channel) => total + (channel[index] ?? 0), sample);
    return Math.max(-32_768, Math.min(32_767, sum));
  });
}
