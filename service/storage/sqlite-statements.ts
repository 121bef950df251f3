import type { DatabaseSync, SQLInputValue, StatementResultingChanges } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/** Texts of statements are few: those of the program, and each of several numbers of rows. */
const MOST_STATEMENTS = 500;

/** Parameters of a statement that is run once for each of several rows. */
export class EachRow {
  readonly rows: readonly (readonly unknown[])[];

  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows;
  }
}

/** One set of parameters, or those of each row. */
function setsOf(parameters: readonly unknown[]): readonly (readonly unknown[])[] {
  const [first] = parameters;
  return first instanceof EachRow ? first.rows : [parameters];
}

interface KeptStatement {
  reader: boolean;
  all: (parameters: readonly unknown[]) => unknown[];
  run: (parameters: readonly unknown[]) => StatementResultingChanges;
  iterate: (parameters: readonly unknown[]) => IterableIterator<unknown>;
}

/** node:sqlite in the shape that Kysely's dialect asks of a driver. Statements are prepared once. */
export function sqliteDatabase(native: DatabaseSync): SqliteDatabase {
  const statements = new Map<string, KeptStatement>();

  function prepare(sql: string): KeptStatement {
    const statement = native.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => setsOf(parameters).flatMap((each) => statement.all(...(each as SQLInputValue[]))),
      run(parameters) {
        const done: StatementResultingChanges = { changes: 0, lastInsertRowid: 0 };
        for (const each of setsOf(parameters)) {
          const { changes, lastInsertRowid } = statement.run(...(each as SQLInputValue[]));
          done.changes = Number(done.changes) + Number(changes);
          done.lastInsertRowid = lastInsertRowid;
        }
        return done;
      },
      // One of its own: whoever else runs this statement meanwhile would begin it anew.
      iterate: (parameters) => native.prepare(sql).iterate(...(parameters as SQLInputValue[])),
    };
  }

  return {
    close: () => native.close(),
    prepare(sql) {
      // SQLite obeys many of them as they are prepared, not as they are run (SQLite: PRAGMA statements).
      if (sql.startsWith('pragma')) return prepare(sql);
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MOST_STATEMENTS) statements.clear();
      const statement = prepare(sql);
      statements.set(sql, statement);
      return statement;
    },
  };
}
