import type { Dialer, DialOptions } from './core/dialer.ts';
import { IDLE, type DialerState } from './core/state.ts';

const NOT_LOADED: DialerState = Object.freeze({
  ...IDLE,
  problem: Object.freeze({ code: 'service-unreachable', carrierCode: null }),
});

/**
 * Stands in for the dialer, which comes in a script of its own so that the element is drawn without waiting for it.
 * What is asked before it is there is done once it is; if it cannot be loaded, a call says so and the next one tries again.
 */
export class LazyDialer implements Dialer {
  readonly #load: () => Promise<Dialer>;
  readonly #listeners = new Set<(state: DialerState) => void>();
  #loading: Promise<Dialer> | undefined;
  #dialer: Dialer | undefined;
  #state = IDLE;
  #closed = false;

  constructor(load: () => Promise<Dialer>) {
    this.#load = load;
    this.#whenLoaded(() => {});
  }

  getState(): DialerState {
    return this.#dialer?.getState() ?? this.#state;
  }

  subscribe(listener: (state: DialerState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dial(dialString: string, options?: DialOptions): void {
    this.#whenLoaded(
      (dialer) => dialer.dial(dialString, options),
      () => this.#become(NOT_LOADED),
    );
  }

  hangUp(): void {
    this.#whenLoaded((dialer) => dialer.hangUp());
  }

  mute(on: boolean): void {
    this.#whenLoaded((dialer) => dialer.mute(on));
  }

  sendDigits(digits: string): void {
    this.#whenLoaded((dialer) => dialer.sendDigits(digits));
  }

  dismiss(): void {
    if (this.#dialer) this.#dialer.dismiss();
    else this.#become(IDLE);
  }

  prepare(): void {
    this.#whenLoaded((dialer) => dialer.prepare());
  }

  close(): void {
    this.#closed = true;
    this.#dialer?.close();
  }

  #whenLoaded(action: (dialer: Dialer) => void, otherwise = () => {}): void {
    if (this.#dialer) {
      action(this.#dialer);
      return;
    }
    this.#loading ??= this.#load().then((dialer) => {
      this.#dialer = dialer;
      if (this.#closed) dialer.close();
      dialer.subscribe((state) => this.#become(state));
      if (this.#state !== IDLE) this.#become(IDLE);
      return dialer;
    });
    const loading = this.#loading;
    loading.then(
      (dialer) => this.#closed || action(dialer),
      () => {
        if (this.#loading === loading) this.#loading = undefined;
        otherwise();
      },
    );
  }

  #become(state: DialerState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
