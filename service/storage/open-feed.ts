import type { Feed } from '../calls/ports.ts';
import { createFeed } from './feed.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Store } from './store.ts';

/** News for the listeners of this node, from whichever node of the database they come. */
export interface OpenFeed extends Feed {
  /** Before the store is closed. */
  close(): Promise<void>;
}

export interface FeedOptions {
  databaseUrl: string;
  onListenerError: (error: unknown) => void;
  onTold?: (seconds: number) => void;
  report: ReportTrouble;
}

/** The feed that fits the engine: within this process for SQLite, between all nodes for PostgreSQL. */
export async function openFeed(store: Store, { databaseUrl, onListenerError, onTold, report }: FeedOptions): Promise<OpenFeed> {
  const local = createFeed(onListenerError, onTold);
  if (store.engine === 'postgres') {
    const { openSharedFeed } = await import('./shared-feed.ts');
    return openSharedFeed(store, databaseUrl, local, report);
  }
  return { ...local, close: () => Promise.resolve() };
}
