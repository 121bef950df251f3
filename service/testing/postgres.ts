import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface PostgresServer {
  /** Of a role that may make databases. */
  url: string;
  /** `immediate` is a crash: connections are cut and what was not committed is gone. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes all it wrote. */
  remove: () => void;
}

/** The directory of the newest PostgreSQL's programs (Debian's, else one on the PATH); undefined when there is none. */
export function postgresPrograms(): string | undefined {
  const versions = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => parseInt(b.slice(20)) - parseInt(a.slice(20)));
  const path = (process.env['PATH'] ?? '').split(':').filter((directory) => directory !== '');
  return [...versions, ...path].find((directory) => existsSync(join(directory, 'initdb')));
}

/** PostgreSQL's programs refuse to run as root: then they run as the user that its package made. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** A process that is interrupted has an end, too: the server is stopped there. */
const interrupted = () => process.exit(1);

const FLAGS = [
  'listen_addresses=',
  'max_connections=300',
  // A crash of the server loses nothing without it; one of the machine ends the tests.
  'fsync=off',
  'full_page_writes=off',
  'autovacuum=off',
];

/** A real PostgreSQL in a directory of its own, reached through a socket there; in a language with another order than bytes. */
export async function startPostgres({ sharedBuffers = '32MB' } = {}): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs) {
    throw new Error(
      'PostgreSQL is not installed (Debian: apt-get install postgresql). TEST_POSTGRES_URL names another.',
    );
  }
  const directory = mkdtempSync(join(tmpdir(), 'almasar-pg-'));
  const options = { ...account(), cwd: directory };
  const data = join(directory, 'data');
  const password = randomBytes(12).toString('hex');
  writeFileSync(join(directory, 'password'), password);
  if (options.uid !== undefined) {
    for (const path of [directory, join(directory, 'password')]) chownSync(path, options.uid, options.gid!);
  }
  const control = join(programs, 'pg_ctl');
  const server = {
    url: `postgres://almasar:${password}@localhost/postgres?host=${directory}`,
    async start() {
      const flags = [
        `-k ${directory}`,
        ...[...FLAGS, `shared_buffers=${sharedBuffers}`].map((flag) => `-c ${flag}`),
      ].join(' ');
      await run(control, ['start', '-w', '-D', data, '-l', join(directory, 'log'), '-o', flags], options);
    },
    async stop(mode: 'fast' | 'immediate' = 'fast') {
      await run(control, ['stop', '-w', '-D', data, '-m', mode], options);
    },
    remove: () => {
      process.off('exit', server.remove);
      for (const signal of SIGNALS) process.off(signal, interrupted);
      try {
        execFileSync(control, ['stop', '-w', '-D', data, '-m', 'immediate'], { ...options, stdio: 'ignore' });
      } catch {
        // It was not running.
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
  process.once('exit', server.remove);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const login = ['-U', 'almasar', '-A', 'scram-sha-256', '--pwfile', join(directory, 'password')];
  const language = ['--locale=C', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=ar-EG'];
  await run(join(programs, 'initdb'), ['-D', data, '--no-sync', ...login, ...language], options);
  await server.start();
  return server;
}

let own: Promise<PostgresServer> | undefined;

/** The server that the tests share: the one of TEST_POSTGRES_URL, else one that lives as long as this process. */
export async function sharedPostgres(): Promise<string> {
  return process.env['TEST_POSTGRES_URL'] ?? (await (own ??= startPostgres())).url;
}

async function command(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** An empty database on a server, the shared one when none is named. */
export async function createPostgresDatabase(server?: string): Promise<TestDatabase> {
  const serverUrl = server ?? (await sharedPostgres());
  const name = `almasar_test_${randomBytes(6).toString('hex')}`;
  await command(serverUrl, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, drop: () => command(serverUrl, `drop database if exists ${name} with (force)`) };
}
