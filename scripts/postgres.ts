import { execFileSync, spawnSync } from 'node:child_process';
import { postgresPrograms } from '../service/testing/postgres.ts';

/** Finds PostgreSQL's programs or installs Debian's package. Throws a sentence that says what to do where neither works. */
export function ensurePostgres(): void {
  if (postgresPrograms()) return;
  if (spawnSync('apt-get', ['--version']).status === 0) {
    process.stderr.write('No PostgreSQL found: installing the postgresql package.\n');
    const apt = [...(process.getuid?.() === 0 ? [] : ['sudo', '-n']), 'apt-get', '-y', '-qq'];
    try {
      execFileSync(apt[0]!, [...apt.slice(1), 'update'], { stdio: 'inherit' });
      execFileSync(apt[0]!, [...apt.slice(1), 'install', 'postgresql'], { stdio: 'inherit' });
    } catch {
      // Falls through to the sentence below, which says more than apt's status.
    }
  }
  if (postgresPrograms()) return;
  throw new Error(
    'The service tests need PostgreSQL. Install it (Debian: apt-get install postgresql) or set TEST_POSTGRES_URL to the address of a server, with a role that may make databases.',
  );
}
