import type { Dialer, PhoneWithTools } from './core/dialer.ts';
import { IDLE, refused, type DialerState } from './core/state.ts';

/** Before the dialer is there, there is no call to do something about. */
const OF_A_CALL = /^(answer|decline|silence|mute|sendDigits|nameCustomer|dismissNotice)$/;

/**
 * Stands in for the dialer, which comes in a script of its own so that the element is drawn without waiting for it.
 * What is asked before it is there is done once it is; if it cannot be loaded, a call says so and the next one tries again.
 */
export function lazyDialer(load: () => Promise<PhoneWithTools>): Dialer {
  const listeners = new Set<(state: DialerState) => void>();
  let state = IDLE;
  let dialer: PhoneWithTools | undefined;
  let loading: Promise<PhoneWithTools> | undefined;
  let closed = false;

  function become(next: DialerState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function loaded(): Promise<PhoneWithTools> {
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

  /** Passed on, in its time. */
  function ask(name: keyof Dialer, args: unknown[]): unknown {
    const call = (to: object) => Reflect.apply(Reflect.get(to, name) as (...args: unknown[]) => unknown, to, args);
    const pass = (to: PhoneWithTools) => (name in to ? call(to) : to.loadTools().then(call));
    if (dialer) return pass(dialer);
    if (OF_A_CALL.test(name)) return undefined;
    const answer = loaded().then((arrived) => (closed ? undefined : pass(arrived)));
    answer.catch(() => name === 'dial' && become(refused('service-unreachable')));
    return answer;
  }

  loaded().catch(() => {});
  const own: Partial<Dialer> = {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dismiss: () => (dialer ? dialer.dismiss() : become(IDLE)),
    close: () => {
      closed = true;
      dialer?.close();
    },
  };
  return new Proxy(own, {
    // A promise of it would take it for another promise.
    get: (_, name: keyof Dialer | 'then') =>
      name === 'then' ? undefined : (own[name] ?? ((...args: unknown[]) => ask(name, args))),
  }) as Dialer;
}
