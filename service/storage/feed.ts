import type { Feed, News } from '../calls/ports.ts';

type Listener = (news: News) => void;

export interface LocalFeed extends Feed {
  /** Those that somebody listens to. */
  topics(): Iterable<string>;
}

/**
 * Tells this process's listeners, and `onTold` how long telling all of them took in seconds. One listener that throws
 * does not keep the news from the others.
 */
export function createFeed(onListenerError: (error: unknown) => void, onTold?: (seconds: number) => void): LocalFeed {
  // Most topics have one listener, and a Set weighs as much as all else that is kept of an event stream.
  const listeners = new Map<string, Listener | Set<Listener>>();

  function unsubscribe(topic: string, listener: Listener): void {
    const own = listeners.get(topic);
    if (own === listener) listeners.delete(topic);
    if (!(own instanceof Set)) return;
    own.delete(listener);
    if (own.size === 0) listeners.delete(topic);
  }

  return {
    topics: () => listeners.keys(),
    subscribe(topic, listener) {
      const own = listeners.get(topic);
      if (own === undefined) listeners.set(topic, listener);
      else if (own instanceof Set) own.add(listener);
      else listeners.set(topic, new Set([own, listener]));
      return () => unsubscribe(topic, listener);
    },
    publish(topic, news) {
      const own = listeners.get(topic);
      if (own === undefined) return;
      const start = performance.now();
      for (const listener of own instanceof Set ? own : [own]) {
        try {
          listener(news);
        } catch (error) {
          onListenerError(error);
        }
      }
      onTold?.((performance.now() - start) / 1000);
    },
  };
}
