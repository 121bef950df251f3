import { sql, type Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';

/** PostgreSQL's advisory locks are numbers: this one is whoever's who migrates. */
export const MIGRATION_LOCK = 7_205_411_623;
/** Twice the longest that a statement of a service goes on, in milliseconds: an older version may still be serving. */
const LOCK_MS = 30_000;
/** PostgreSQL (Appendix A): a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';
/** What is large, and asked about in many ways. */
const LOG_TABLES = ['calls', 'call_agents', 'call_events', 'call_names'] as const;

export interface MigrateOptions {
  /** Told what is waited for. */
  report: (what: string) => void;
  /** How long a table is waited for that another program uses, in milliseconds. */
  lockMs?: number;
}

/**
 * Texts are compared byte by byte, as in SQLite, whatever the database's language: times, cursors and the ends of
 * numbers are looked up in that order.
 */
async function orderTextByBytes(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ table_name: string; column_name: string }>`
      select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'
      order by table_name, ordinal_position`.execute(trx);
    for (const { table_name: table, column_name: column } of rows) {
      await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(trx);
    }
  });
}

async function turn(db: Kysely<Database>, report: (what: string) => void): Promise<void> {
  const { rows } = await sql<{ had: boolean }>`select pg_try_advisory_lock(${sql.lit(MIGRATION_LOCK)}) as had`.execute(
    db,
  );
  if (rows[0]!.had) return;
  report('another service brings the database up to its version: this one begins after it');
  await sql`select pg_advisory_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db);
}

/**
 * Brings a PostgreSQL database up to this version over its one connection, which is to be closed afterwards. However
 * large the log is, no statement is ended for its length; one that waits for another program's lock is.
 */
export async function migratePostgres(
  db: Kysely<Database>,
  { report, lockMs = LOCK_MS }: MigrateOptions,
): Promise<void> {
  const set = (name: string, ms: number) => sql`select set_config(${name}, ${String(ms)}, false)`.execute(db);
  for (const limit of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) await set(limit, 0);
  await turn(db, report);
  await set('lock_timeout', lockMs);
  try {
    const done = await migrate(db);
    await orderTextByBytes(db);
    // A log that was there is planned for by what is in it now, before autovacuum comes by. One that is new grows first.
    if (done.length > 0 && !done.includes('0001-call-log')) {
      for (const table of LOG_TABLES) await sql`analyze ${sql.table(table)}`.execute(db);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error(
      'it cannot be brought up to this version while another program holds one of its tables (PostgreSQL: pg_stat_activity). ' +
        'Stop older versions of the service, backups and open transactions, and start again; nothing was changed',
      { cause: error },
    );
  }
}
