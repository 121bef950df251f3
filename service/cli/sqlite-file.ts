import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A sentence for whoever typed the command: what is wrong and what to do. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The file of the log, from DATABASE_URL. Throws a CommandError where the log is not in a file. */
export function sqliteFile(databaseUrl = 'sqlite:./data/almasar.db'): string {
  if (databaseUrl.startsWith('sqlite:') && databaseUrl.length > 'sqlite:'.length) {
    return databaseUrl.slice('sqlite:'.length);
  }
  throw new CommandError(
    'DATABASE_URL names no SQLite file. Back up PostgreSQL with its own tools: pg_dump and pg_restore.',
  );
}

/** Throws a CommandError unless the file is a whole database of this program. */
export function requireLog(path: string): void {
  if (!existsSync(path)) throw new CommandError(`There is no file ${path}: check the name (and DATABASE_URL).`);
  let findings: unknown;
  let tables: unknown;
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    findings = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
    tables = db.prepare("select count(*) as n from sqlite_master where name in ('calls', 'kysely_migration')").get()?.[
      'n'
    ];
    db.close();
  } catch (error) {
    throw new CommandError(
      `${path} is not a SQLite database (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  if (findings !== 'ok') throw new CommandError(`${path} is damaged (${String(findings)}): take another copy.`);
  if (tables !== 2) throw new CommandError(`${path} is a database of another program: it has no call log.`);
}

/** Runs a command of this folder: its result on standard output, a CommandError's sentence on standard error. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await command()}\n`);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
