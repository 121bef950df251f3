import type { Dialer } from './core/dialer.ts';
import { IDLE, refused, type DialerState } from './core/state.ts';

/**
 * Stands in for the dialer, which comes in a script of its own so that the element is drawn without waiting for it.
 * What is asked before it is there is done once it is; if it cannot be loaded, a call says so and the next one tries again.
 */
export function lazyDialer(load: () => Promise<Dialer>): Dialer {
  const listeners = new Set<(state: DialerState) => void>();
  let state = IDLE;
  let dialer: Dialer | undefined;
  let loading: Promise<Dialer> | undefined;
  let closed = false;

  function become(next: DialerState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function loaded(): Promise<Dialer> {
    loading ??= load().then(
      (arrived) => {
        arrived.subscribe(become);
        if (closed) arrived.close();
        else become(arrived.getState());
        return (dialer = arrived);
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  }

  function ask(action: (dialer: Dialer) => void, otherwise = () => {}): void {
    if (dialer) action(dialer);
    else loaded().then((arrived) => closed || action(arrived), otherwise);
  }

  ask(() => {});
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dial: (dialString, options) =>
      ask(
        (to) => to.dial(dialString, options),
        () => become(refused('service-unreachable')),
      ),
    hangUp: () => ask((to) => to.hangUp()),
    // Before the dialer is there, there is no call to mute or to send digits in.
    mute: (on) => dialer?.mute(on),
    sendDigits: (digits) => dialer?.sendDigits(digits),
    dismiss: () => (dialer ? dialer.dismiss() : become(IDLE)),
    prepare: () => ask((to) => to.prepare()),
    close: () => {
      closed = true;
      dialer?.close();
    },
  };
}
