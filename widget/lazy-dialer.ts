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

  /** A request that is passed on, in its time. */
  function asked<Name extends 'dial' | 'hangUp' | 'setAvailable' | 'prepare' | 'takeOver'>(name: Name): Dialer[Name] {
    const pass = (...args: unknown[]) => {
      const ask = (to: Dialer) => Reflect.apply(to[name], to, args) as unknown;
      if (dialer) ask(dialer);
      else
        loaded().then(
          (arrived) => closed || ask(arrived),
          () => name === 'dial' && become(refused('service-unreachable')),
        );
    };
    return pass;
  }

  loaded().catch(() => {});
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dial: asked('dial'),
    hangUp: asked('hangUp'),
    setAvailable: asked('setAvailable'),
    prepare: asked('prepare'),
    takeOver: asked('takeOver'),
    // Before the dialer is there, there is no call to do something about.
    answer: (callId) => dialer?.answer(callId),
    decline: (callId) => dialer?.decline(callId),
    silence: () => dialer?.silence(),
    mute: (on) => dialer?.mute(on),
    sendDigits: (digits) => dialer?.sendDigits(digits),
    nameCustomer: (callId, name) => dialer?.nameCustomer(callId, name),
    dismissNotice: () => dialer?.dismissNotice(),
    dismiss: () => (dialer ? dialer.dismiss() : become(IDLE)),
    openPhoneWindow: async (language) => (await loaded()).openPhoneWindow(language),
    saveWrapUp: async (callId, wrapUp) => (await loaded()).saveWrapUp(callId, wrapUp),
    recentCalls: async () => (await loaded()).recentCalls(),
    dispositions: async () => (await loaded()).dispositions(),
    audio: async () => (await loaded()).audio(),
    checkLine: async () => (await loaded()).checkLine(),
    close: () => {
      closed = true;
      dialer?.close();
    },
  };
}
