import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/** How long a statement waits, in milliseconds, for another program that writes to the file. */
const BUSY_MS = 50;

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
  const db = await migrate(new Kysely<Database>({ dialect: sqliteDialect(native) }));
  // From now on the whole process would stand still meanwhile: the commit queue waits, and tries again.
  native.exec(`PRAGMA busy_timeout=${BUSY_MS}`);
  return db;
}
