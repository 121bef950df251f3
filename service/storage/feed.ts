import type { Feed, News } from '../calls/ports.ts';

export interface LocalFeed extends Feed {
  /** Those that somebody listens to. */
  topics(): Iterable<string>;
}

/** Tells this process's listeners, and `onTold` how long telling all of them took in seconds. One listener that throws does not keep the news from the others. */
export function createFeed(onListenerError: (error: unknown) => void, onTold?: (seconds: number) => void): LocalFeed {
  const listeners = new Map<string, Set<(news: News) => void>>();
  return {
    topics: () => listeners.keys(),
    subscribe(topic, listener) {
      const own = listeners.get(topic) ?? new Set();
      listeners.set(topic, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(topic) === own) listeners.delete(topic);
      };
    },
    publish(topic, news) {
      const own = listeners.get(topic);
      if (!own) return;
      const start = performance.now();
      for (const listener of own) {
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
