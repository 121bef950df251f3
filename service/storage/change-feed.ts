import type { CallRecord } from '../contract.ts';
import type { ChangeFeed } from '../calls/ports.ts';

/** Tells this process's listeners. One listener that throws does not keep the news from the others. */
export function createChangeFeed(onListenerError: (error: unknown) => void): ChangeFeed {
  const listeners = new Map<string, Set<(record: CallRecord) => void>>();
  return {
    subscribe(agentId, listener) {
      const own = listeners.get(agentId) ?? new Set();
      listeners.set(agentId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(agentId) === own) listeners.delete(agentId);
      };
    },
    publish(record) {
      for (const listener of listeners.get(record.agent.id) ?? []) {
        try {
          listener(record);
        } catch (error) {
          onListenerError(error);
        }
      }
    },
  };
}
