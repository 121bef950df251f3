import type { KyselyPlugin, QueryId } from 'kysely';
import type { Metrics } from '../calls/metrics.ts';
import type { Store } from './store.ts';

export interface MeasuredStore extends Store {
  /** How many writes are not on disk yet. */
  pending(): number;
}

function readingTimes(metrics: Metrics): KyselyPlugin {
  const begun = new WeakMap<QueryId, number>();
  return {
    transformQuery({ node, queryId }) {
      begun.set(queryId, performance.now());
      return node;
    },
    transformResult({ result, queryId }) {
      const start = begun.get(queryId);
      if (start !== undefined) metrics.database('read', (performance.now() - start) / 1000);
      return Promise.resolve(result);
    },
  };
}

/** The same database; how long its reads and writes take is told. */
export function measuredStore(store: Store, metrics: Metrics): MeasuredStore {
  let pending = 0;
  return {
    ...store,
    db: store.db.withPlugin(readingTimes(metrics)),
    pending: () => pending,
    async write(work) {
      const start = performance.now();
      pending += 1;
      try {
        const done = await store.write(work);
        metrics.database('write', (performance.now() - start) / 1000);
        return done;
      } finally {
        pending -= 1;
      }
    },
  };
}
