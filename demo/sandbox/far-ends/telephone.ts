import type { CallMessage, DeviceCallEvents, Frame } from '../ports.ts';
import type { Party } from '../switch/party.ts';
import { Playback } from '../switch/playback.ts';
import type { FarEnd } from './far-end.ts';

/** Thrown into a conversation that is still going on when the call ends. */
class CallOver extends Error {}

/** A telephone in a call. Its owner speaks, listens and presses keys; the switch sees a party. */
export class Telephone {
  readonly party: Party;
  readonly #over = Promise.withResolvers<never>();
  readonly #voice = new Playback();
  readonly #ears = new Set<(frame: Frame) => void>();
  readonly #keys: string[] = [];
  #onKey: (() => void) | undefined;
  #onAnswer = (): void => {};
  #events: Partial<DeviceCallEvents> = {};
  #isOver = false;

  constructor() {
    this.#over.promise.catch(() => {});
    this.party = {
      audio: {
        take: () => this.#voice.next(),
        give: (frame) => {
          for (const ear of this.#ears) ear(frame);
        },
      },
      ringing: () => {},
      answer: () => this.#onAnswer(),
      hangUp: () => this.#end(),
      hearDigit: (digit) => {
        this.#keys.push(digit);
        this.#onKey?.();
        return true;
      },
      sendMessage: (_message: CallMessage) => {},
      listen: (events) => {
        this.#events = events;
      },
    };
  }

  /** Resolves when it has been said. */
  say(samples: Int16Array): Promise<void> {
    return Promise.race([this.#voice.enqueue(samples), this.#over.promise]);
  }

  hear(ear: (frame: Frame) => void): void {
    this.#ears.add(ear);
  }

  async pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    try {
      await Promise.race([promise, this.#over.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next key that the other party pressed. */
  async nextKey(): Promise<string> {
    while (this.#keys.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#onKey = resolve;
      await Promise.race([promise, this.#over.promise]);
    }
    return this.#keys.shift()!;
  }

  pressKey(digit: string): void {
    this.#events.digit?.(digit);
  }

  hangUp(): void {
    if (this.#isOver) return;
    this.#end();
    this.#events.hungUp?.();
  }

  /** Lets the owner talk, now or, for a phone that calls, when its call is answered. One that fails hangs up. */
  converse(farEnd: FarEnd, begin: 'now' | 'when-answered', onError: (error: unknown) => void): void {
    const talk = (): void => {
      farEnd.talk?.(this).catch((error: unknown) => {
        if (error instanceof CallOver) return;
        onError(error);
        this.hangUp();
      });
    };
    if (begin === 'now') talk();
    else this.#onAnswer = talk;
  }

  #end(): void {
    this.#isOver = true;
    this.#over.reject(new CallOver('The call is over.'));
  }
}
