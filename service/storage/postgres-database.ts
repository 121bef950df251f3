import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { migratePostgres, type MigrateOptions } from './migrate-postgres.ts';
import { statementName } from './prepared.ts';
import type { Database } from './schema.ts';

/** Tells an operator of something that the service goes on without. */
export type ReportTrouble = (what: string, error?: unknown) => void;

export const APPLICATION_NAME = 'almasar-dialer';

/** Of one node; PostgreSQL allows 100 in all, unless it is told otherwise. */
const MOST_CONNECTIONS = 10;
const CONNECT_MS = 5_000;
const STATEMENT_MS = 15_000;
/** Longer than PostgreSQL itself takes to end a statement: a server that says nothing any more is gone. */
const ANSWER_MS = 20_000;

/** pg_type's number of `int8`. */
const INT8 = 20;

/** `int8` (of `count()`, too) as a number: nothing here is counted beyond 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format);
}

/** How this program connects to a database: for the pool, and for a connection of its own. */
export function connectionSettings(databaseUrl: string): pg.ClientConfig {
  return {
    connectionString: databaseUrl,
    application_name: APPLICATION_NAME,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    // Of statements that are kept parsed, too: a plan made while a table was small would be used when it is not.
    // Compiling one (PostgreSQL: jit) takes fifty times as long as most of ours run.
    options: '-c plan_cache_mode=force_custom_plan -c jit=off',
    keepAlive: true,
    types: { getTypeParser: typeParser as pg.CustomTypesConfig['getTypeParser'] },
  };
}

/** What node-postgres says without a code when a connection is not there any more, and a socket file that is not. */
const LOST = /^(?:Client was closed|Query read timeout|connect ENOENT)/;

/** Gives such an error the name of a lost connection, so that it is known for one. */
function named(error: unknown): unknown {
  return error instanceof Error && LOST.test(error.message) ? Object.assign(error, { code: 'ECONNRESET' }) : error;
}

/** PostgreSQL keeps no NUL in a text; what cannot be kept is shown as such, as Unicode has it for unpaired surrogates. */
function keepable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keepable);
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** A connection that did not answer in time still waits for that answer: it goes back to nobody. */
function replacingSilent(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw named(error);
      });
      let lost = false;
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await client.query({ name: statementName(text), text, values: values.map(keepable) });
        } catch (error) {
          lost ||= LOST.test((error as Error).message);
          throw named(error);
        }
      };
      return { query, release: () => client.release(lost) } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
  };
}

async function checkServer(db: Kysely<Database>, report: ReportTrouble): Promise<void> {
  const { rows } = await sql<{ encoding: string; commit: string }>`
    select current_setting('server_encoding') as encoding, current_setting('synchronous_commit') as commit`.execute(db);
  const { encoding, commit } = rows[0]!;
  if (encoding !== 'UTF8') {
    throw new Error(`its encoding is ${encoding}: make one with create database … encoding 'UTF8' template template0`);
  }
  if (commit === 'off') {
    report('synchronous_commit is off in PostgreSQL: what was answered as kept can be lost in a crash. Switch it on.');
  }
}

function connect(settings: pg.PoolConfig, report: ReportTrouble): Kysely<Database> {
  const pool = new pg.Pool(settings);
  // Both are told when a server goes away; whoever is in a query at that time gets the error besides.
  pool.on('error', (error) => report('an idle connection to PostgreSQL was lost', error));
  pool.on('connect', (client) => client.on('error', () => {}));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: replacingSilent(pool) }) });
}

/** Opens and where needed migrates a PostgreSQL database. Rejects when it cannot be reached or used. */
export async function openPostgres(
  databaseUrl: string,
  report: ReportTrouble,
  options: Pick<MigrateOptions, 'lockMs'> = {},
): Promise<Kysely<Database>> {
  const settings = connectionSettings(databaseUrl);
  const migrating = connect({ ...settings, max: 1 }, report);
  try {
    await checkServer(migrating, report);
    await migratePostgres(migrating, { report, ...options });
  } finally {
    await migrating.destroy();
  }
  return connect({ ...settings, max: MOST_CONNECTIONS, query_timeout: ANSWER_MS }, report);
}
