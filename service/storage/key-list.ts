import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Engine } from './engine.ts';

/** Keys as one parameter, however many they are: a statement over them is compiled once. */
export function keyList(engine: Engine, keys: Iterable<string>): unknown {
  if (engine === 'sqlite') return JSON.stringify([...keys]);
  // PostgreSQL keeps no NUL in a text: as such keys were written, so they are looked for.
  return [...keys].map((key) => key.replaceAll('\0', '\uFFFD'));
}

/** Whether a column is among the keys of a list. */
export function isAmong(engine: Engine, column: string, keys: unknown): RawBuilder<SqlBool> {
  return engine === 'sqlite'
    ? sql`${sql.ref(column)} in (select value from json_each(${keys}))`
    : sql`${sql.ref(column)} = any(${keys}::text[])`;
}
