import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { connectionSettings } from './postgres-database.ts';

/** What an installation keeps about itself, by name. */
export type Kept = ReadonlyMap<string, string>;

interface Row {
  name: string;
  value: string;
}

const QUERY = 'select name, value from installation';

function keptIn(rows: readonly Row[]): Kept {
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** The nearest directory above that there is: the others are made at the first start. */
function existingDirectory(path: string): string {
  const directory = dirname(path);
  return existsSync(directory) || directory === path ? directory : existingDirectory(directory);
}

function peekSqlite(path: string): Kept | undefined {
  if (!existsSync(path)) {
    accessSync(existingDirectory(path), constants.W_OK);
    return undefined;
  }
  accessSync(path, constants.W_OK);
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const known = db.prepare("select 1 from sqlite_master where name = 'installation'").get();
    return known ? keptIn(db.prepare(QUERY).all() as unknown as Row[]) : undefined;
  } finally {
    db.close();
  }
}

async function peekPostgres(databaseUrl: string): Promise<Kept | undefined> {
  const client = new pg.Client(connectionSettings(databaseUrl));
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>("select to_regclass('installation') is not null as there");
    return rows[0]?.there ? keptIn((await client.query<Row>(QUERY)).rows) : undefined;
  } finally {
    await client.end();
  }
}

/**
 * Looks at a database without making, changing or migrating anything; undefined before the first start. Rejects when it
 * does not answer.
 */
export async function peekInstallation(databaseUrl: string): Promise<Kept | undefined> {
  return databaseUrl.startsWith('sqlite:')
    ? peekSqlite(databaseUrl.slice('sqlite:'.length))
    : peekPostgres(databaseUrl);
}
