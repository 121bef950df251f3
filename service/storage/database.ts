import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';
import { sqliteDatabase } from './sqlite-statements.ts';

/** How long a statement waits, in milliseconds, for another program that writes to the file. */
const BUSY_MS = 50;

/**
 * Opens (and where needed creates and migrates) the SQLite file. WAL with synchronous=FULL: what was committed is on
 * disk, through a power cut too (SQLite: PRAGMA synchronous).
 */
export async function openDatabase(path: string): Promise<Kysely<Database>> {
  mkdirSync(dirname(path), { recursive: true });
  const native = new DatabaseSync(path);
  native.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;');
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqliteDatabase(native) }) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error;
  }
  // From now on the whole process would stand still meanwhile: the commit queue waits, and tries again.
  native.exec(`PRAGMA busy_timeout=${BUSY_MS}`);
  return db;
}
