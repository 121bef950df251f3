import { sql } from 'kysely';
import type { RequestCounts } from '../calls/request-counts.ts';
import type { Store } from './store.ts';

/** Nodes' clocks differ; nothing is forgotten that one of them may still count. */
const KEPT_MS = 5 * 60_000;

interface Waiting {
  resolve: (place: number) => void;
  reject: (error: unknown) => void;
}

const minuteOf = (time: number) => new Date(time).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);

/** Requests that come at the same time are counted together: one statement, one commit. A power cut may undo some. */
export function createRequestCounts({ engine, writeLightly }: Store): RequestCounts {
  /** By minute, by counter. */
  const gathered = new Map<string, Map<string, Waiting[]>>();
  let counting = false;
  let swept = '';

  /** Adds to each counter, and gives what it is then. */
  async function add(minute: string, numbers: Record<string, number>): Promise<ReadonlyMap<string, number>> {
    const given = JSON.stringify(numbers);
    // One parameter however many counters: the statement is the same every time.
    const counters = engine === 'sqlite' ? sql`json_each(${given})` : sql`json_each_text(${given}::json)`;
    const { rows } = await writeLightly((trx) =>
      // In one order everywhere, so that two nodes never wait for each other's rows.
      sql<{ counter: string; count: number }>`
        insert into request_counts (minute, counter, count)
        select ${minute}, key, cast(value as integer) from ${counters} where true order by key
        on conflict (minute, counter) do update set count = request_counts.count + excluded.count
        returning counter, count`.execute(trx),
    );
    return new Map(rows.map(({ counter, count }) => [counter, count]));
  }

  async function count(minute: string, counters: ReadonlyMap<string, Waiting[]>): Promise<void> {
    try {
      const numbers = Object.fromEntries([...counters].map(([counter, waiting]) => [counter, waiting.length]));
      const totals = await add(minute, numbers);
      for (const [counter, waiting] of counters) {
        const before = totals.get(counter)! - waiting.length;
        waiting.forEach(({ resolve }, index) => resolve(before + index + 1));
      }
    } catch (error) {
      for (const waiting of counters.values()) for (const { reject } of waiting) reject(error);
    }
  }

  async function countAll(): Promise<void> {
    for (let [first] = gathered; first !== undefined; [first] = gathered) {
      gathered.delete(first[0]);
      await count(...first);
      // What arrived meanwhile is read from its sockets first, so that it is counted together.
      await new Promise(setImmediate);
    }
    counting = false;
  }

  return {
    add(counter, now) {
      const minute = minuteOf(now.getTime());
      let counters = gathered.get(minute);
      if (!counters) gathered.set(minute, (counters = new Map()));
      let waiting = counters.get(counter);
      if (!waiting) counters.set(counter, (waiting = []));
      const place = new Promise<number>((resolve, reject) => waiting.push({ resolve, reject }));
      if (!counting) {
        counting = true;
        setImmediate(() => void countAll());
      }
      return place;
    },
    async sweep(now) {
      const kept = minuteOf(now.getTime() - KEPT_MS);
      if (kept === swept) return;
      swept = kept;
      const old = sql`minute < ${kept}`;
      // Rows that another node is forgetting are that node's: whoever waits for none stands in nobody's way.
      const free =
        engine === 'postgres'
          ? sql`ctid in (select ctid from request_counts where ${old} for update skip locked)`
          : old;
      await writeLightly((trx) => sql`delete from request_counts where ${free}`.execute(trx));
    },
  };
}
