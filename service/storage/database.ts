import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementResultingChanges } from 'node:sqlite';
import { Kysely, Migrator, SqliteDialect, type SqliteDatabase } from 'kysely';
import { migrations } from './migrations.ts';
import type { Database } from './schema.ts';

/** Texts of statements are few: those of the program, and each of several numbers of rows. */
const MOST_STATEMENTS = 500;

interface KeptStatement {
  reader: boolean;
  all: (parameters: readonly unknown[]) => unknown[];
  run: (parameters: readonly unknown[]) => StatementResultingChanges;
  iterate: (parameters: readonly unknown[]) => IterableIterator<unknown>;
}

/** node:sqlite in the shape that Kysely's dialect asks of a driver. Statements are prepared once. */
function sqliteDatabase(native: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, KeptStatement>();

  function prepare(sql: string): KeptStatement {
    const statement = native.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
      run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
      // One of its own: whoever else runs this statement meanwhile would begin it anew.
      iterate: (parameters) => native.prepare(sql).iterate(...(parameters as SQLInputValue[])),
    };
  }

  return {
    close: () => native.close(),
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      const statement = prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}

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
