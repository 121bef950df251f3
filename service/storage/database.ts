import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, Migrator, SqliteDialect, type SqliteDatabase } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** node:sqlite in the shape that Kysely's dialect asks of a driver. */
function sqliteDatabase(native: DatabaseSync): SqliteDatabase {
  return {
    close: () => native.close(),
    prepare(sql) {
      const statement = native.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
        run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
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
  native.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;');
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: sqliteDatabase(native) }) });
  const { error } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw error;
  }
  return db;
}
