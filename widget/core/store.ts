/** A state that changes only by events, and tells whoever listens. */
export interface Store<State, Event> {
  getState(): State;
  /** Calls the listener at every change, not at once. Returns the unsubscriber. */
  subscribe(listener: (state: State) => void): () => void;
  /** Events dispatched by a listener or a command wait until the one before is done with. */
  dispatch(event: Event): void;
}

export interface StoreOptions<State, Event, Command> {
  initial: State;
  transition: (state: State, event: Event) => readonly [State, readonly Command[]];
  /** Does what a transition asks for, after everybody knows the new state. */
  run: (command: Command) => void;
  /** Told what a listener or a command threw; the others are served all the same. */
  report: (error: unknown) => void;
}

export function createStore<State, Event, Command>(options: StoreOptions<State, Event, Command>): Store<State, Event> {
  const { initial, transition, run, report } = options;
  const listeners = new Set<(state: State) => void>();
  const queue: Event[] = [];
  let state = initial;
  let draining = false;

  function guarded(action: () => void): void {
    try {
      action();
    } catch (error) {
      report(error);
    }
  }

  function apply(event: Event): void {
    const [next, commands] = transition(state, event);
    if (next !== state) {
      state = next;
      for (const listener of listeners) guarded(() => listener(next));
    }
    for (const command of commands) guarded(() => run(command));
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch(event) {
      queue.push(event);
      if (draining) return;
      draining = true;
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) apply(next);
      draining = false;
    },
  };
}
