import { sql, type Compilable, type Expression, type Kysely, type RawBuilder } from 'kysely';
import { engineOf } from './engine.ts';
import { compiledOnce, filled, type PlaceOf } from './prepared.ts';
import type { Database } from './schema.ts';
import { EachRow } from './sqlite-statements.ts';

/** The rows that a query is about, inside of it. */
export interface GivenRows<V> {
  /** A value of the row. */
  value<N extends keyof V & string>(name: N): RawBuilder<V[N]>;
  /** Whether a column has such a value: asked in this form, PostgreSQL looks it up whatever it knows of the table. */
  among(column: string, name: keyof V & string): RawBuilder<boolean>;
  /** An update that takes its values from the row. */
  over<Q>(update: Q): Q;
  /** The rows with these of their values, to be inserted: all of them in the order of their types, unless named. */
  select(...names: (keyof V & string)[]): Expression<never>;
}

type ColumnType = 'text' | 'bigint';

/** PostgreSQL's types of the values. */
export type ColumnTypes<V> = Record<keyof V & string, ColumnType>;

/** The columns of rows that are inserted as they are. */
export function columnsOf<C extends string>(types: Record<C, ColumnType>): C[] {
  return Object.keys(types) as C[];
}

function eachRow<V>(types: ColumnTypes<V>, place: PlaceOf<V>): GivenRows<V> {
  const value: GivenRows<V>['value'] = (name) => sql`${place(name)}`;
  return {
    value,
    among: (column, name) => sql`${sql.ref(column)} = ${value(name)}`,
    over: (update) => update,
    select: (...chosen) => sql`select ${sql.join((chosen.length > 0 ? chosen : columnsOf(types)).map(value))}`,
  };
}

function table<V>(types: ColumnTypes<V>, place: PlaceOf<V>): GivenRows<V> {
  const names = columnsOf(types);
  const array = (name: keyof V & string) => sql`${place(name)}::${sql.raw(types[name])}[]`;
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const given = sql`unnest(${sql.join(names.map(array))}) as given(${columns})`;
  const value: GivenRows<V>['value'] = (name) => sql`${sql.ref(`given.${name}`)}`;
  return {
    value,
    among: (column, name) => sql`${sql.ref(column)} = any(${array(name)})`,
    over: (update) => (update as { from(table: Expression<unknown>): unknown }).from(given) as typeof update,
    select: (...chosen) => sql`select ${sql.join((chosen.length > 0 ? chosen : names).map(value))} from ${given}`,
  };
}

/**
 * A query over any number of rows, compiled once. SQLite is asked row by row, which costs it least; PostgreSQL once for
 * all of them, since each statement is a way there and back, from arrays of the values of each column.
 */
export function forEachRow<V extends object, R>(
  types: ColumnTypes<V>,
  build: (db: Kysely<Database>, rows: GivenRows<V>) => Compilable<R>,
): (db: Kysely<Database>, rows: readonly V[]) => Promise<R[]> {
  const names = columnsOf(types);
  const compile = compiledOnce<V, R>((db, place) =>
    build(db, engineOf(db) === 'sqlite' ? eachRow(types, place) : table(types, place)),
  );
  return async (db, rows) => {
    if (rows.length === 0) return [];
    const compiled = compile(db);
    const parameters =
      engineOf(db) === 'sqlite'
        ? [new EachRow(rows.map((row) => filled(compiled, row)))]
        : filled(compiled, Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
    return (await db.executeQuery<R>({ ...compiled, parameters })).rows;
  };
}
