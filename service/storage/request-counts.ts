import type { RequestCounts } from '../calls/request-counts.ts';
import type { Store } from './store.ts';

/** Rows in one statement; PostgreSQL takes 65,535 parameters, SQLite 32,766. */
const BATCH = 500;

/** Nodes' clocks differ; nothing is forgotten that one of them may still count. */
const KEPT_MS = 5 * 60_000;

interface Counting {
  minute: string;
  counter: string;
  waiting: { resolve: (place: number) => void; reject: (error: unknown) => void }[];
}

const minuteOf = (time: number) => new Date(time).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);

/** Requests that come at the same time are counted together: one statement, one commit. */
export function createRequestCounts({ write }: Store): RequestCounts {
  const gathered = new Map<string, Counting>();
  let counting = false;
  let swept = '';

  async function count(batch: readonly Counting[]): Promise<void> {
    // In one order everywhere, so that two nodes never wait for each other's rows.
    const values = batch
      .map(({ minute, counter, waiting }) => ({ minute, counter, count: waiting.length }))
      .sort((a, b) => (a.counter < b.counter ? -1 : 1));
    const rows = await write((trx) =>
      trx
        .insertInto('request_counts')
        .values(values)
        .onConflict((conflict) =>
          conflict
            .columns(['minute', 'counter'])
            .doUpdateSet((eb) => ({ count: eb('request_counts.count', '+', eb.ref('excluded.count')) })),
        )
        .returning(['minute', 'counter', 'count'])
        .execute(),
    );
    const totals = new Map(rows.map((row) => [`${row.minute} ${row.counter}`, row.count]));
    for (const { minute, counter, waiting } of batch) {
      const before = totals.get(`${minute} ${counter}`)! - waiting.length;
      waiting.forEach(({ resolve }, index) => resolve(before + index + 1));
    }
  }

  async function countAll(): Promise<void> {
    while (gathered.size > 0) {
      const batch = [...gathered].slice(0, BATCH);
      for (const [key] of batch) gathered.delete(key);
      const countings = batch.map(([, each]) => each);
      await count(countings).catch((error: unknown) => {
        for (const { waiting } of countings) for (const { reject } of waiting) reject(error);
      });
      // What arrives meanwhile is read from its sockets first, so that it is counted together.
      await new Promise(setImmediate);
    }
    counting = false;
  }

  return {
    add(counter, now) {
      const minute = minuteOf(now.getTime());
      const key = `${minute} ${counter}`;
      let each = gathered.get(key);
      if (!each) gathered.set(key, (each = { minute, counter, waiting: [] }));
      const { waiting } = each;
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (counting) return;
        counting = true;
        setImmediate(() => void countAll());
      });
    },
    async sweep(now) {
      const kept = minuteOf(now.getTime() - KEPT_MS);
      if (kept === swept) return;
      swept = kept;
      await write((trx) => trx.deleteFrom('request_counts').where('minute', '<', kept).execute());
    },
  };
}
