import type { CallChange, ChangeFeed } from '../calls/ports.ts';

/** Tells this process's listeners. One listener that throws does not keep the news from the others. */
export function createChangeFeed(onListenerError: (error: unknown) => void): ChangeFeed {
  const listeners = new Map<string, Set<(change: CallChange) => void>>();
  return {
    subscribe(agentId, listener) {
      const own = listeners.get(agentId) ?? new Set();
      listeners.set(agentId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(agentId) === own) listeners.delete(agentId);
      };
    },
    publish(change) {
      for (const listener of listeners.get(change.record.agent.id) ?? []) {
        try {
          listener(change);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
  };
}
