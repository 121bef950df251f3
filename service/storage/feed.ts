import type { Feed, News } from '../calls/ports.ts';

export interface LocalFeed extends Feed {
  /** Those that somebody listens to. */
  topics(): Iterable<string>;
}

/** Tells this process's listeners. One listener that throws does not keep the news from the others. */
export function createFeed(onListenerError: (error: unknown) => void): LocalFeed {
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
      for (const listener of listeners.get(topic) ?? []) {
        try {
          listener(news);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
  };
}
