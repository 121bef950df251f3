import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

/**
 * Opens (and where needed creates and migrates) the SQLite file. WAL with synchronous=FULL: what was committed is on
 * disk, through a power cut too (SQLite: PRAGMA synchronous).
 */
export async function openDatabase(path: string): Promise<Kysely<Database>> {
  mkdirSync(dirname(path), { recursive: true });
  const native = new DatabaseSync(path);
  // The patience first: another process may be opening the file too.
  native.exec('PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;');
  return migrate(new Kysely<Database>({ dialect: sqliteDialect(native) }));
}
