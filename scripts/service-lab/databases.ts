import { ensurePostgres } from '../postgres.ts';
import { createPostgresDatabase, startPostgres, type PostgresServer } from '../../service/testing/postgres.ts';
import { temporaryDirectory } from './running-program.ts';

export type { PostgresServer };

/** The URL of a SQLite database that is not there yet. */
export function freshSqlite(): string {
  return `sqlite:${temporaryDirectory()}/calls.db`;
}

/** A real PostgreSQL of one's own; by its own settings it would have 128MB for what is read often. */
export function ownPostgres(options: { sharedBuffers?: string } = {}): Promise<PostgresServer> {
  ensurePostgres();
  return startPostgres(options);
}

/** The URL of an empty database on a server. */
export async function freshPostgres(server: PostgresServer): Promise<string> {
  return (await createPostgresDatabase(server.url)).url;
}
