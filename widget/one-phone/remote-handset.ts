import type { Handset } from '../core/dialer.ts';
import { IDLE, type DialerState } from '../core/state.ts';
import { HANDSET_REQUESTS, type HandsetRequest } from './handset-request.ts';

/** Operates a phone that is somewhere else: shows the state it is told, and passes on what is asked of it. */
export class RemoteHandset implements Handset {
  readonly #listeners = new Set<(state: DialerState) => void>();
  #state: DialerState = IDLE;

  declare readonly dial: Handset['dial'];
  declare readonly answer: Handset['answer'];
  declare readonly decline: Handset['decline'];
  declare readonly silence: Handset['silence'];
  declare readonly hangUp: Handset['hangUp'];
  declare readonly mute: Handset['mute'];
  declare readonly sendDigits: Handset['sendDigits'];
  declare readonly dismiss: Handset['dismiss'];
  declare readonly dismissNotice: Handset['dismissNotice'];
  declare readonly setAvailable: Handset['setAvailable'];
  declare readonly nameCustomer: Handset['nameCustomer'];
  declare readonly prepare: Handset['prepare'];

  constructor(ask: (method: HandsetRequest, args: readonly unknown[]) => void) {
    const requests = HANDSET_REQUESTS.map((name) => [name, (...args: unknown[]) => ask(name, args)]);
    Object.assign(this, Object.fromEntries(requests));
  }

  /** The phone is in this state now. */
  become(state: DialerState): void {
    if (state === this.#state) return;
    this.#state = Object.freeze(state);
    for (const listener of this.#listeners) listener(this.#state);
  }

  getState(): DialerState {
    return this.#state;
  }

  subscribe(listener: (state: DialerState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}
