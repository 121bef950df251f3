import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Database } from './schema.ts';

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
 * takes several times as long as SQLite takes to answer it. A value may not decide how the query is built. It names its
 * columns: PostgreSQL refuses a statement that is kept for all columns of a table to which a newer version has added one.
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
