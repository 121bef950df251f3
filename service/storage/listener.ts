import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { connectionSettings, type ReportTrouble } from './postgres-database.ts';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5_000;
/** A connection on which nothing is sent looks the same alive and dead: it is asked now and then. */
const ASK_MS = 20_000;
const ANSWER_MS = 10_000;

export interface ListenerOptions {
  databaseUrl: string;
  channel: string;
  onNotice: (payload: string) => void;
  /** The connection is there again; what was told in the meantime was not heard. */
  onReturn: () => void;
  report: ReportTrouble;
}

/** Listens on a connection of its own, across lost connections, until it is stopped. Resolves once it first listens. */
export async function listenForNotices(options: ListenerOptions): Promise<{ stop: () => Promise<void> }> {
  const { channel, report } = options;
  const closing = new AbortController();
  let current: pg.Client | undefined;

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...connectionSettings(options.databaseUrl), query_timeout: ANSWER_MS });
    client.on('error', () => {});
    client.on('notification', ({ payload = '' }) => options.onNotice(payload));
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    return client;
  }

  /** Until the connection is gone. */
  async function watch(client: pg.Client): Promise<void> {
    const gone = new Promise<void>((resolve) => client.once('end', resolve));
    let timer: NodeJS.Timeout;
    const askLater = () => {
      timer = setTimeout(() => {
        client.query('select 1').then(askLater, () => void client.end().catch(() => {}));
      }, ASK_MS).unref();
    };
    askLater();
    await gone;
    clearTimeout(timer!);
  }

  async function keepListening(first: pg.Client): Promise<void> {
    current = first;
    for (let wait = FIRST_RETRY_MS; !closing.signal.aborted; wait = Math.min(2 * wait, LAST_RETRY_MS)) {
      if (current) {
        await watch(current);
        current = undefined;
        wait = FIRST_RETRY_MS;
        if (closing.signal.aborted) return;
        report('the connection for news of other nodes was lost; connecting again');
      }
      // Not all nodes at once when the database comes back.
      await delay(wait * (0.5 + Math.random()), undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      try {
        current = await connect();
        options.onReturn();
      } catch (error) {
        report('the connection for news of other nodes cannot be had yet', error);
      }
    }
  }

  const listening = keepListening(await connect());
  return {
    async stop() {
      closing.abort();
      await current?.end().catch(() => {});
      await listening;
    },
  };
}
