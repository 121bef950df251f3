import { PAGE_TOOLS, type Dialer } from './core/dialer.ts';
import { IDLE, refused, type DialerState } from './core/state.ts';

/** Methods by their names. */
function methods<Name extends keyof Dialer>(
  names: readonly Name[],
  make: (name: Name, args: unknown[]) => unknown,
): Pick<Dialer, Name> {
  const made = names.map((name) => [name, (...args: unknown[]) => make(name, args)]);
  return Object.fromEntries(made) as Pick<Dialer, Name>;
}

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

  const ask = (to: Dialer | undefined, name: keyof Dialer, args: unknown[]) =>
    (to as Readonly<Record<string, (...args: unknown[]) => unknown>> | undefined)?.[name]?.(...args);

  /** A request that is passed on, in its time. */
  const asked = (name: keyof Dialer, args: unknown[]) => {
    if (dialer) ask(dialer, name, args);
    else
      loaded().then(
        (arrived) => closed || ask(arrived, name, args),
        () => name === 'dial' && become(refused('service-unreachable')),
      );
  };

  loaded().catch(() => {});
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...methods(['dial', 'hangUp', 'setAvailable', 'prepare', 'takeOver'], asked),
    // Before the dialer is there, there is no call to do something about.
    ...methods(
      ['answer', 'decline', 'silence', 'mute', 'sendDigits', 'nameCustomer', 'dismissNotice'],
      (name, args) => void ask(dialer, name, args),
    ),
    ...methods(PAGE_TOOLS, async (name, args) => ask(await loaded(), name, args)),
    dismiss: () => (dialer ? dialer.dismiss() : become(IDLE)),
    close: () => {
      closed = true;
      dialer?.close();
    },
  };
}
