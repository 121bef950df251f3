import type { Handset } from '../core/dialer.ts';
import { IDLE, type DialerState } from '../core/state.ts';
import type { HandsetRequest } from './handset-request.ts';

/** Operates a phone that is somewhere else: shows the state it is told, and passes on what is asked of it. */
export class RemoteHandset implements Handset {
  readonly #ask: (method: HandsetRequest, args: readonly unknown[]) => void;
  readonly #listeners = new Set<(state: DialerState) => void>();
  #state: DialerState = IDLE;

  constructor(ask: (method: HandsetRequest, args: readonly unknown[]) => void) {
    this.#ask = ask;
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

  dial(...args: Parameters<Handset['dial']>): void {
    this.#ask('dial', args);
  }

  readonly answer: Handset['answer'] = (...args) => this.#ask('answer', args);
  readonly decline: Handset['decline'] = (...args) => this.#ask('decline', args);
  readonly silence: Handset['silence'] = () => this.#ask('silence', []);
  readonly hangUp: Handset['hangUp'] = () => this.#ask('hangUp', []);
  readonly mute: Handset['mute'] = (on) => this.#ask('mute', [on]);
  readonly sendDigits: Handset['sendDigits'] = (digits) => this.#ask('sendDigits', [digits]);
  readonly dismiss: Handset['dismiss'] = () => this.#ask('dismiss', []);
  readonly dismissNotice: Handset['dismissNotice'] = () => this.#ask('dismissNotice', []);
  readonly nameCustomer: Handset['nameCustomer'] = (callId, name) => this.#ask('nameCustomer', [callId, name]);

  setAvailable(on: boolean): void {
    this.#ask('setAvailable', [on]);
  }

  prepare(): void {
    this.#ask('prepare', []);
  }

  close(): void {
    this.#listeners.clear();
  }
}
