import type { Kysely } from 'kysely';
import type { Clock, Feed, News } from '../calls/ports.ts';
import { createFeed, type LocalFeed } from './feed.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/** News for the listeners of this node, from whichever node of the database they come. */
export interface OpenFeed extends Feed {
  /** Tells the other nodes, once this transaction is committed. Of calls they hear by the log. */
  announce(trx: Kysely<Database>, topic: string, news: News): Promise<void>;
  /** Before the store is closed. */
  close(): Promise<void>;
}

export interface FeedOptions {
  databaseUrl: string;
  onListenerError: (error: unknown) => void;
  onTold?: (seconds: number) => void;
  report: ReportTrouble;
  clock: Clock;
}

/** A command that could not be told for so long is forgotten: nobody waits for it any more. */
export const COMMAND_LIVES_MS = 10_000;

/** The same feed; a command that comes again is told once. */
function obeyingOnce(feed: LocalFeed): LocalFeed {
  const told = new Set<string>();
  return {
    ...feed,
    publish(topic, news) {
      if (news.kind === 'phone-command') {
        const { id } = news.command;
        if (told.has(id)) return;
        told.add(id);
        setTimeout(() => told.delete(id), 2 * COMMAND_LIVES_MS).unref();
      }
      feed.publish(topic, news);
    },
  };
}

/** The feed that fits the engine: within this process for SQLite, between all nodes for PostgreSQL. */
export async function openFeed(store: Store, options: FeedOptions): Promise<OpenFeed> {
  const local = obeyingOnce(createFeed(options.onListenerError, options.onTold));
  if (store.engine === 'postgres') {
    const { openSharedFeed } = await import('./shared-feed.ts');
    return openSharedFeed(store, local, options);
  }
  return { ...local, announce: () => Promise.resolve(), close: () => Promise.resolve() };
}
