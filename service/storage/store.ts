import { CompiledQuery, type Kysely, type Transaction } from 'kysely';
import { createCommitQueue, type CommitQueueOptions } from './commit-queue.ts';
import { openDatabase } from './database.ts';
import type { Engine } from './engine.ts';
import { lockLog } from './log-revision.ts';
import type { ReportTrouble } from './postgres-database.ts';
import type { Database } from './schema.ts';

const COMMIT_LATER = CompiledQuery.raw('set local synchronous_commit to off');
const SYNC_AT_CHECKPOINTS = CompiledQuery.raw('pragma synchronous=normal');
const SYNC_EVERY_COMMIT = CompiledQuery.raw('pragma synchronous=full');

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
  /**
   * The same for what need not outlive a power cut, such as counts of this minute's requests: nothing waits for the
   * disk. Through the end of the process it is kept.
   */
  writeLightly: Store['write'];
  close: () => Promise<void>;
}

export interface StoreOptions extends Pick<CommitQueueOptions, 'onCommit'> {
  report?: ReportTrouble;
}

/** Its commit is not waited for. The connection is nobody else's meanwhile, and durable again afterwards. */
function lightTransaction<T>(
  engine: Engine,
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  if (engine === 'postgres') {
    return db.transaction().execute(async (trx) => {
      await trx.executeQuery(COMMIT_LATER);
      return work(trx);
    });
  }
  return db.connection().execute(async (connection) => {
    await connection.executeQuery(SYNC_AT_CHECKPOINTS);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await connection.executeQuery(SYNC_EVERY_COMMIT);
    }
  });
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
  const { write } = createCommitQueue((work) => db.transaction().execute(work), {
    ...queue,
    // Works come in any order, and some of them lock the log: had second, it would be waited for by who has other rows.
    beforeShared: lockLog,
  });
  const lightly = createCommitQueue((work) => lightTransaction(engine, db, work));
  return {
    engine,
    db,
    write,
    writeLightly: lightly.write,
    close: () => db.destroy(),
  };
}
