import type { Kysely } from 'kysely';
import type { Feed } from '../calls/ports.ts';
import { publishChange } from './call-projection.ts';
import { changesAfter } from './log-changes.ts';
import { lastRevision } from './log-revision.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Database } from './schema.ts';

/** Should no notice come through: so long a change is not heard of at most. */
const LOOK_ANYWAY_MS = 5_000;
/** Fewer than a listener may be behind: between two parts there is time to send. */
const AT_ONCE = 100;

export interface LogFollower {
  /** The log has changed, or may have. */
  wake(): void;
  /** Resolves when nothing is read any more. */
  stop(): Promise<void>;
}

/** Publishes every change of the log, whichever node made it, from the database and in the order of the revisions. */
export async function followLog(db: Kysely<Database>, feed: Feed, report: ReportTrouble): Promise<LogFollower> {
  let last = await lastRevision(db);
  let again = false;
  const closing = new AbortController();
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    try {
      while (again && !closing.signal.aborted) {
        again = false;
        const changes = await changesAfter(db, last, AT_ONCE);
        for (const change of changes) {
          last = change.change.revision;
          publishChange(feed, change);
        }
        again ||= changes.length === AT_ONCE;
      }
    } catch (error) {
      report('changes of the log could not be read; they will be looked for again', error);
    } finally {
      // At once: whoever wakes it from here on begins a new reading.
      reading = undefined;
    }
  }

  function wake(): void {
    again = true;
    if (!closing.signal.aborted) reading ??= read();
  }

  const timer = setInterval(wake, LOOK_ANYWAY_MS);
  timer.unref();
  return {
    wake,
    async stop() {
      closing.abort();
      clearInterval(timer);
      await reading;
    },
  };
}
