import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import { engineOf } from './engine.ts';
import type { Database } from './schema.ts';
import { EachRow } from './sqlite-statements.ts';

/** Stands in a query that is compiled once for a value that is given each time. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Names a value of the query that is given when it runs. */
export type PlaceOf<V> = <N extends keyof V & string>(name: N) => V[N];

/** Names under which PostgreSQL keeps statements parsed, by their text. They are the program's own, and so they are few. */
const names = new Map<string, string>();

/** The name of a statement that is run again and again; undefined for any other. */
export function statementName(text: string): string | undefined {
  return names.get(text);
}

/** A query with places, built and compiled at its first use for each engine. */
export function compiledOnce<V extends object, R>(
  build: (db: Kysely<Database>, place: PlaceOf<V>) => Compilable<R>,
): (db: Kysely<Database>) => CompiledQuery<R> {
  // By adapter, which is one for each database that was opened: engines write queries differently.
  const compiledFor = new WeakMap<object, CompiledQuery<R>>();
  return (db) => {
    const { adapter } = db.getExecutor();
    let compiled = compiledFor.get(adapter);
    if (!compiled) {
      compiled = build(db, (name) => new Place(name) as never).compile();
      compiledFor.set(adapter, compiled);
      if (!names.has(compiled.sql)) names.set(compiled.sql, `almasar_${names.size}`);
    }
    return compiled;
  };
}

/** The parameters of such a query, with values in their places. */
export function filled({ parameters }: CompiledQuery, values: object): unknown[] {
  const given = Array.from<unknown>({ length: parameters.length });
  for (let index = 0; index < given.length; index += 1) {
    const parameter = parameters[index];
    given[index] = parameter instanceof Place ? values[parameter.name as keyof typeof values] : parameter;
  }
  return given;
}

/**
 * A query of the hot path: built and compiled at its first use, run with other values ever after, since building one
 * takes several times as long as SQLite takes to answer it. A value may not decide how the query is built.
 */
export function prepared<V extends object, R>(
  build: (db: Kysely<Database>, place: PlaceOf<V>) => Compilable<R>,
): (db: Kysely<Database>, values: V) => Promise<QueryResult<R>> {
  const compile = compiledOnce(build);
  return (db, values) => {
    const compiled = compile(db);
    return db.executeQuery<R>({ ...compiled, parameters: filled(compiled, values) });
  };
}

/** Sizes that a query over several rows is compiled for: any number of rows is a few of them. */
const SIZES = [64, 16, 4, 1] as const;

/** The values of several rows, by the names of their places. */
function numbered(rows: readonly object[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, row] of rows.entries()) {
    for (const [column, value] of Object.entries(row)) values[`${index} ${column}`] = value;
  }
  return values;
}

/**
 * The same for a query over any number of rows, where `forEachRow` cannot say it. `build` gets as many rows of places as
 * it is run for: in SQLite one by one, in PostgreSQL parts of 64, 16, 4 and 1 of them, each compiled once.
 */
export function preparedForRows<V extends object, R>(
  build: (db: Kysely<Database>, rows: V[]) => Compilable<R>,
): (db: Kysely<Database>, rows: readonly V[]) => Promise<R[]> {
  const sizes = new Map<number, (db: Kysely<Database>) => CompiledQuery<R>>();

  function ofSize(size: number, columns: readonly string[]) {
    const known = sizes.get(size);
    if (known) return known;
    const compile = compiledOnce<Record<string, unknown>, R>((db, place) => {
      const row = (index: number) => Object.fromEntries(columns.map((name) => [name, place(`${index} ${name}`)]));
      return build(db, Array.from({ length: size }, (_, index) => row(index)) as V[]);
    });
    sizes.set(size, compile);
    return compile;
  }

  return async (db, rows) => {
    if (rows.length === 0) return [];
    const columns = Object.keys(rows[0]!);
    const run = async (compiled: CompiledQuery<R>, parameters: unknown[]) =>
      (await db.executeQuery<R>({ ...compiled, parameters })).rows;
    if (engineOf(db) === 'sqlite') {
      const one = ofSize(1, columns)(db);
      return run(one, [new EachRow(rows.map((row) => filled(one, numbered([row]))))]);
    }
    const found: R[] = [];
    for (let at = 0; at < rows.length;) {
      const size = SIZES.find((each) => each <= rows.length - at)!;
      const compiled = ofSize(size, columns)(db);
      found.push(...(await run(compiled, filled(compiled, numbered(rows.slice(at, at + size))))));
      at += size;
    }
    return found;
  };
}
