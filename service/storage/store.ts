import type { Kysely, Transaction } from 'kysely';
import { createCommitQueue, type CommitQueueOptions } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import type { Engine } from './engine.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Database } from './schema.ts';

/** The database behind all adapters of this folder. */
export interface Store {
  engine: Engine;
  /** For reading. Statements that change something go through `write`. */
  db: Kysely<Database>;
  /**
   * Does the work in a transaction and resolves once it is durable: on disk, through a power cut too. The work may be
   * repeated or share its commit with others', so it changes nothing but the database.
   */
  write: <T>(work: (trx: Transaction<Database>) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

export interface StoreOptions extends Pick<CommitQueueOptions, 'onCommit'> {
  report?: ReportTrouble;
}

/** Opens, and where needed creates and migrates, the database of `sqlite:<file>` or `postgres://…`. */
export async function openStore(
  databaseUrl: string,
  { report = () => {}, ...queue }: StoreOptions = {},
): Promise<Store> {
  const engine = databaseUrl.startsWith('sqlite:') ? 'sqlite' : 'postgres';
  // What speaks to PostgreSQL is loaded where there is one.
  const db = await (engine === 'sqlite'
    ? openDatabase(databaseUrl.slice('sqlite:'.length))
    : import('./postgres-database.ts').then(({ openPostgres }) => openPostgres(databaseUrl, report)));
  const { write } = createCommitQueue((work) => db.transaction().execute(work), queue);
  return {
    engine,
    db,
    write,
    close: () => db.destroy(),
  };
}
