import type { AudioClock } from '../media/clock.ts';
import { FRAME_SAMPLES, type AudioEnd, type Frame } from '../ports.ts';

const SILENCE: Frame = new Int16Array(FRAME_SAMPLES);

/** One party on the switch: what it said in this tick, and where what it hears comes from. */
export class Line {
  readonly #end: AudioEnd;
  #player: { samples: Int16Array; at: number; done: () => void } | undefined;
  #peer: Line | undefined;
  /** 20 ms; silence when nothing came. */
  said: Frame = SILENCE;

  constructor(end: AudioEnd) {
    this.#end = end;
  }

  /** Lets this party hear the other one, and nobody after `undefined`. One way only. */
  hear(peer: Line | undefined): void {
    this.#peer = peer;
  }

  /** Plays samples to this party; resolves when they are over, or at once when the signal says so. */
  async play(samples: Int16Array, signal: AbortSignal): Promise<void> {
    if (signal.aborted || samples.length === 0) return;
    await new Promise<void>((resolve) => {
      const player = { samples, at: 0, done: resolve };
      this.#player = player;
      const stop = () => {
        if (this.#player === player) this.#player = undefined;
        resolve();
      };
      signal.addEventListener('abort', stop, { once: true });
      player.done = () => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
    });
  }

  take(): void {
    this.said = this.#end.take() ?? SILENCE;
  }

  give(): void {
    this.#end.give(this.#nextFrame());
  }

  #nextFrame(): Frame {
    const player = this.#player;
    if (!player) return this.#peer?.said ?? SILENCE;
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(player.samples.subarray(player.at, player.at + FRAME_SAMPLES));
    player.at += FRAME_SAMPLES;
    if (player.at >= player.samples.length) {
      this.#player = undefined;
      player.done();
    }
    return frame;
  }
}

/** All lines and everything that listens to them, moved by the one clock: first all speak, then all hear. */
export class LineBoard {
  readonly #lines = new Set<Line>();
  readonly #taps = new Set<() => void>();

  constructor(clock: AudioClock) {
    clock.onTick(() => {
      for (const line of this.#lines) line.take();
      for (const tap of this.#taps) tap();
      for (const line of this.#lines) line.give();
    });
  }

  plug(end: AudioEnd): Line {
    const line = new Line(end);
    this.#lines.add(line);
    return line;
  }

  unplug(line: Line): void {
    this.#lines.delete(line);
  }

  /** Called once a tick, when every line's `said` is this tick's. Returns the remover. */
  tap(listener: () => void): () => void {
    this.#taps.add(listener);
    return () => {
      this.#taps.delete(listener);
    };
  }
}
