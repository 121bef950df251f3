import { FRAME_SAMPLES, type AudioEnd, type CallMessage, type Frame } from '../ports.ts';
import type { Party, PartyEvents } from '../switch/party.ts';

/** A simulated telephone that has been answered: a character speaks, hears and presses keys through it. */
export class Telephone implements Party, AudioEnd {
  readonly audio: AudioEnd = this;
  readonly #over = new AbortController();
  #events: PartyEvents | undefined;
  #speech: { samples: Int16Array; at: number; done: () => void } | undefined;
  /** Set by a character: what to say in this tick, given what was heard in the last one. */
  reply: ((heard: Frame) => Frame | undefined) | undefined;
  /** Set by a character that listens for keys. */
  onKey: ((digit: string) => void) | undefined;
  #heard: Frame = new Int16Array(FRAME_SAMPLES);

  /** Aborted when either side has hung up. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  listen(events: PartyEvents): void {
    this.#events = events;
  }

  /** Speaks; resolves when it is said or the call is over. */
  say(samples: Int16Array): Promise<void> {
    if (this.over.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#speech?.done();
      this.#speech = { samples, at: 0, done: resolve };
      this.over.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  /** The person at the telephone hangs up. */
  putDown(): void {
    if (this.over.aborted) return;
    this.#over.abort();
    this.#events?.hungUp();
  }

  pressKey(digit: string): void {
    if (!this.over.aborted) this.#events?.digit(digit);
  }

  take(): Frame | undefined {
    const speech = this.#speech;
    if (!speech) return this.reply?.(this.#heard);
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(speech.samples.subarray(speech.at, speech.at + FRAME_SAMPLES));
    speech.at += FRAME_SAMPLES;
    if (speech.at >= speech.samples.length) {
      this.#speech = undefined;
      speech.done();
    }
    return frame;
  }

  give(frame: Frame): void {
    this.#heard = frame;
  }

  hearDigit(digit: string): void {
    this.onKey?.(digit);
  }

  // A telephone has no screen for it.
  sendMessage(_message: CallMessage): void {}

  hangUp(): void {
    this.#over.abort();
  }
}
