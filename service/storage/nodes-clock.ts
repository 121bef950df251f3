import { sql } from 'kysely';
import type { Clock } from '../calls/ports.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Store } from './store.ts';

/** What nodes may be apart: everything that one writes and another compares lasts for many seconds. */
const BORNE_MS = 1000;

export interface NodesClock {
  clock: Clock;
  /** Asks the database for its time. Again and again, as a machine's clock may be set at any time. */
  compare: (store: Pick<Store, 'db' | 'engine'>) => Promise<void>;
}

/**
 * The time that all nodes of one database have: PostgreSQL's, where a machine's own is off. One that is minutes ahead
 * would take every other node's phones for gone, its dial intents for over and its work for left behind.
 */
export function createNodesClock(machine: Clock, report: ReportTrouble): NodesClock {
  let aheadMs = 0;
  return {
    clock: () => new Date(machine().getTime() - aheadMs),
    async compare({ db, engine }) {
      if (engine === 'sqlite') return;
      const asked = machine().getTime();
      const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
      const answered = machine().getTime();
      // Somewhere between: the answer may have waited for a connection.
      const [least, most] = [asked - rows[0]!.now.getTime(), answered - rows[0]!.now.getTime()];
      if (aheadMs > least - BORNE_MS && aheadMs < most + BORNE_MS) return;
      const middle = Math.round((least + most) / 2);
      aheadMs = Math.abs(middle) < BORNE_MS ? 0 : middle;
      const seconds = Math.round(Math.abs(aheadMs) / 1000);
      report(
        aheadMs === 0
          ? "this machine's clock is right again"
          : `this machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's, which counts: set it by NTP`,
      );
    },
  };
}
