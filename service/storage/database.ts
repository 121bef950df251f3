import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { MIGRATION_NAMES } from './migration-names.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** How long a statement waits, in milliseconds, for another program that writes to the file. */
const BUSY_MS = 50;

/** Whether nothing is to be migrated. So it is at nearly every start, when Kysely's own look would take half the time. */
function isUpToDate(native: DatabaseSync): boolean {
  const known = native.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
  const done = known ? native.prepare('select name from kysely_migration order by name').all() : [];
  return (
    done.length === MIGRATION_NAMES.length && MIGRATION_NAMES.every((name, index) => done[index]!['name'] === name)
  );
}

/**
 * Opens (and where needed creates and migrates) the SQLite file. WAL with synchronous=FULL: what was committed is on
 * disk, through a power cut too (SQLite: PRAGMA synchronous).
 */
export async function openDatabase(path: string): Promise<Kysely<Database>> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Whoever else is on this machine has no business in the log; SQLite's own files beside it take over the mode.
  closeSync(openSync(path, 'a', 0o600));
  const native = new DatabaseSync(path);
  // The patience first: another process may be opening the file too.
  native.exec('PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;');
  const db = new Kysely<Database>({ dialect: sqliteDialect(native) });
  if (!isUpToDate(native)) {
    const { migrate } = await import('./migrate.ts');
    await migrate(db).catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });
  }
  // From now on the whole process would stand still meanwhile: the commit queue waits, and tries again.
  native.exec(`PRAGMA busy_timeout=${BUSY_MS}`);
  return db;
}
