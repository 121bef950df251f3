import { type AudioEnd, FRAME_SAMPLES, type Frame } from '../ports.ts';
import type { AudioClock } from '../media/clock.ts';
import { Playback } from './playback.ts';
import { aborted } from './waiting.ts';

export type AudioSource = () => Frame | undefined;

const SILENT: Frame = new Int16Array(FRAME_SAMPLES);

/** One party's audio in the switch: what it said in this tick, and where what it hears comes from. */
export class AudioLine {
  readonly #end: AudioEnd;
  readonly #close: () => void;
  readonly #tones = new Playback();
  #source: AudioSource | undefined;
  #said: Frame | undefined;
  #heard: Frame = SILENT;

  constructor(end: AudioEnd, close: () => void) {
    this.#end = end;
    this.#close = close;
  }

  /** In the present tick; undefined when nothing has arrived. */
  get said(): Frame | undefined {
    return this.#said;
  }

  get heard(): Frame {
    return this.#heard;
  }

  /** Connects the party's ear. The function that comes back disconnects it, if nothing else was connected since. */
  hear(source: AudioSource): () => void {
    this.#source = source;
    return () => {
      if (this.#source === source) this.#source = undefined;
    };
  }

  /** Plays sound once; ends early when the signal is aborted. */
  async play(samples: Int16Array, signal: AbortSignal): Promise<void> {
    const playback = new Playback();
    const disconnect = this.hear(() => playback.next());
    await Promise.race([playback.enqueue(samples), aborted(signal)]);
    disconnect();
  }

  /** A sound over whatever else is heard. */
  sound(samples: Int16Array): void {
    void this.#tones.enqueue(samples);
  }

  take(): void {
    this.#said = this.#end.take();
  }

  give(): void {
    const heard = this.#source?.() ?? SILENT;
    const tone = this.#tones.next();
    this.#heard = tone ?? heard;
    this.#end.give(this.#heard);
  }

  close(): void {
    this.#close();
  }
}

/** All open lines, moved together by the one clock: first everyone is listened to, then everyone hears. */
export class AudioLines {
  readonly #lines = new Set<AudioLine>();
  readonly #taps = new Set<() => void>();
  readonly #stop: () => void;

  constructor(clock: AudioClock) {
    this.#stop = clock.onTick(() => this.#tick());
  }

  open(end: AudioEnd): AudioLine {
    const line: AudioLine = new AudioLine(end, () => this.#lines.delete(line));
    this.#lines.add(line);
    return line;
  }

  /** Called at the end of every tick. */
  tap(listener: () => void): () => void {
    this.#taps.add(listener);
    return () => {
      this.#taps.delete(listener);
    };
  }

  close(): void {
    this.#stop();
    this.#lines.clear();
    this.#taps.clear();
  }

  #tick(): void {
    for (const line of this.#lines) line.take();
    for (const line of this.#lines) line.give();
    for (const tap of this.#taps) tap();
  }
}
