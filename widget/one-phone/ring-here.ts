import type { DialerState } from '../core/state.ts';
import type { CreateRinger, Ringer } from '../phone/ringer-port.ts';
import type { Locks } from './holder-lock.ts';

/** What browsers take as leave to sound. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown'];

export interface RingHereParts {
  createRinger: CreateRinger;
  /** Folder of `sounds/`. */
  base: URL;
  /** Absent on a page that is not secure. */
  locks: Locks | undefined;
  /** Of this agent: one page of all rings. */
  lockName: string;
  /** It sounds here now, or no more. */
  onRings: (on: boolean) => void;
}

/** The agent has touched this page, so that it may sound. */
function maySound(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}

/**
 * Rings in this page for a phone in another tab or in the phone window, where nobody has touched the page and the browser
 * lets nothing sound: a click here would not help there.
 */
export class RingHere {
  readonly #parts: RingHereParts;
  readonly #ringer: Ringer;
  #how: 'off' | 'alone' | 'waiting' = 'off';
  #letGo: (() => void) | undefined;

  constructor(parts: RingHereParts) {
    const { createRinger, base, onRings } = parts;
    this.#parts = parts;
    this.#ringer = createRinger({ base, report: (ring) => onRings(ring === 'on') });
  }

  /** To be called with every state of the phone, as the phone has it. */
  follow({ ring, phase }: Pick<DialerState, 'ring' | 'phase'>): void {
    const how = ring !== 'blocked' ? 'off' : phase === 'incoming' ? 'alone' : 'waiting';
    if (how === this.#how) return;
    const before = this.#how;
    this.#how = how;
    if (how === 'off') this.#stop();
    else if (this.#letGo) this.#ringer.ring({ waiting: how === 'waiting' });
    else if (before === 'off') this.#start();
  }

  close(): void {
    this.follow({ ring: 'off', phase: 'idle' });
    this.#ringer.close();
  }

  #start(): void {
    for (const gesture of GESTURES) addEventListener(gesture, this.#try, true);
    this.#try();
  }

  #stop(): void {
    for (const gesture of GESTURES) removeEventListener(gesture, this.#try, true);
    this.#ringer.stop();
    this.#letGo?.();
    this.#letGo = undefined;
  }

  readonly #try = (): void => {
    if (!maySound() || this.#letGo) return;
    const { locks, lockName } = this.#parts;
    const hold = (lock: unknown): Promise<void> | undefined => {
      if (!lock || this.#how === 'off') return undefined;
      this.#ringer.ring({ waiting: this.#how === 'waiting' });
      return new Promise((resolve) => (this.#letGo = resolve));
    };
    if (locks) locks.request(lockName, { ifAvailable: true }, hold).catch(() => {});
    else void hold(true);
  };
}
