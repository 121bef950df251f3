import { execFileSync } from 'node:child_process';
import { readFileSync, globSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { freshSqlite, freshPostgres, ownPostgres } from '../service-lab/databases.ts';
import { load, loadAllGood, tally } from '../service-lab/load.ts';
import { makeIntents, questions } from '../service-lab/placed-calls.ts';
import { quantile } from '../service-lab/process-figures.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const STALL_MS = 5000;

/** Another program holds the file's only writing lock. */
async function lockFile(databaseUrl: string): Promise<void> {
  const other = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  other.exec('PRAGMA busy_timeout=5000; BEGIN EXCLUSIVE');
  await delay(STALL_MS);
  other.exec('ROLLBACK');
  other.close();
}

/** The whole PostgreSQL of that URL stands still, connections and all. */
async function freeze(databaseUrl: string): Promise<void> {
  const directory = new URL(databaseUrl).searchParams.get('host')!;
  const [main] = readFileSync(`${directory}/data/postmaster.pid`, 'utf8').split('\n');
  const children = globSync('/proc/[0-9]*/stat').flatMap((path) => {
    try {
      const text = readFileSync(path, 'utf8');
      const parent = text.slice(text.lastIndexOf(')') + 2).split(' ')[1];
      return parent === main ? [path.split('/')[2]!] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
  const pids = [main!, ...children];
  execFileSync('kill', ['-STOP', ...pids]);
  await delay(STALL_MS);
  execFileSync('kill', ['-CONT', ...pids]);
}

async function engine(
  soak: Soak,
  name: string,
  databaseUrl: string,
  stall: (url: string) => Promise<void>,
): Promise<void> {
  const service = await runService(labSettings({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' }), { core: 'server' });
  try {
    const count = 200 * (soak.short ? 5 : 60);
    await loadAllGood(service.port, questions(await makeIntents(service.port, 200)), { expect: '<Dial' });
    const calls = await makeIntents(service.port, count);
    const options = { perSecond: 200, connections: 64, expect: '<Dial' };
    const { latencies, statuses } = await load(service.port, questions(calls), options);
    soak.check(
      `${name}: every answer at 200 a second dials`,
      tally(statuses),
      statuses.every((status) => status === 200),
    );
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    soak.check(`${name}: TwiML p50 at 200 a second (≤ 30 ms)`, `${p50.toFixed(1)} ms`, p50 <= 30);
    soak.check(`${name}: TwiML p99 at 200 a second (≤ 250 ms)`, `${p99.toFixed(1)} ms`, p99 <= 250);

    const waiting = questions(await makeIntents(service.port, 50));
    const stalled = stall(databaseUrl);
    await delay(200);
    const during = await load(service.port, waiting, { connections: 50, expect: '</Response>', patienceMs: 20_000 });
    await stalled;
    const slowest = Math.max(...during.latencies);
    soak.check(
      `${name}: database stalled 5 s: all answered with TwiML`,
      tally(during.statuses),
      during.statuses.every((status) => status === 200),
    );
    soak.check(`${name}: and in time (< 8 s)`, `${slowest.toFixed(0)} ms`, slowest < 8000);
    await delay(500);
    const after = await load(service.port, questions(await makeIntents(service.port, 20)), { expect: '<Dial' });
    soak.check(
      `${name}: and dials again afterwards`,
      tally(after.statuses),
      after.statuses.every((status) => status === 200),
    );
  } finally {
    await service.kill();
  }
}

/** Check 6. */
export const twimlInTime = {
  title: 'TwiML at 200 a second, and while the database stands still',
  async work(soak: Soak) {
    await engine(soak, 'SQLite', freshSqlite(), lockFile);
    // One of its own: the whole server is stopped.
    const postgres = await ownPostgres();
    soak.atEnd(() => postgres.remove());
    await engine(soak, 'PostgreSQL', await freshPostgres(postgres), freeze);
  },
};
