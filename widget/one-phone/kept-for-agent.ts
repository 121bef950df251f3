import type { DialerSettings } from '../core/dialer.ts';

/** Names what belongs to one agent in this browser: the lock, the channel, and what is kept. */
export function keyOf(
  { phoneWindow, service }: Pick<DialerSettings, 'phoneWindow' | 'service'>,
  agent: string,
): string {
  return ['almasar-dialer', phoneWindow ? 'window' : service, agent].join(':');
}

/** What the agent has said, for whichever tab has the phone next: `away` from customers, and the `caller-id` to be shown. */
export type Kept = 'away' | 'caller-id';

export class KeptForAgent {
  readonly #key: string;
  readonly #storage: () => Storage;

  /** `key` as `keyOf` says. */
  constructor(key: string, storage: () => Storage) {
    this.#key = key;
    this.#storage = storage;
  }

  get(name: Kept): string | undefined {
    try {
      return this.#storage().getItem(this.keyOf(name)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** Undefined: no more. */
  set(name: Kept, value: string | undefined): void {
    try {
      if (value) this.#storage().setItem(this.keyOf(name), value);
      else this.#storage().removeItem(this.keyOf(name));
    } catch {
      // Nothing can be kept here: it is true until the page goes.
    }
  }

  keyOf(name: Kept): string {
    return `${this.#key}:${name}`;
  }
}
