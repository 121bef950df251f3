type Listener = (...args: unknown[]) => void;

interface Once extends Listener {
  /** What was given to `once`: removed by that. */
  listener?: Listener;
}

/**
 * What the Voice SDK uses of Node's `events`, whose whole weighs five times as much. The build puts it in its place.
 * Node: https://nodejs.org/api/events.html
 */
export class EventEmitter {
  readonly #listeners = new Map<string, readonly Once[]>();

  on(name: string, listener: Once): this {
    if (this.#listeners.has('newListener')) this.emit('newListener', name, listener.listener ?? listener);
    this.#listeners.set(name, [...this.#of(name), listener]);
    return this;
  }

  once(name: string, listener: Listener): this {
    const once: Once = (...args) => {
      this.removeListener(name, once);
      Reflect.apply(listener, this, args);
    };
    once.listener = listener;
    return this.on(name, once);
  }

  /** Throws the error of an `error` that nobody listens for. */
  emit(name: string, ...args: unknown[]): boolean {
    const listeners = this.#of(name);
    if (name === 'error' && listeners.length === 0) throw args[0];
    for (const listener of listeners) Reflect.apply(listener, this, args);
    return listeners.length > 0;
  }

  /** The one that came last, where it is there more than once. */
  removeListener(name: string, listener: Listener): this {
    const listeners = this.#of(name);
    const at = listeners.findLastIndex((each) => each === listener || each.listener === listener);
    if (at >= 0) this.#set(name, listeners.toSpliced(at, 1));
    return this;
  }

  removeAllListeners(name?: string): this {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  listenerCount(name: string): number {
    return this.#of(name).length;
  }

  addListener(name: string, listener: Listener): this {
    return this.on(name, listener);
  }

  off(name: string, listener: Listener): this {
    return this.removeListener(name, listener);
  }

  #of(name: string): readonly Once[] {
    return this.#listeners.get(name) ?? [];
  }

  #set(name: string, listeners: readonly Once[]): void {
    if (listeners.length > 0) this.#listeners.set(name, listeners);
    else this.#listeners.delete(name);
  }
}
