import { setTimeout as delay } from 'node:timers/promises';
import { absentOf, webhooksOf } from '../service-lab/call-webhooks.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { load, tally } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** 5,000 posts. */
const CALLS = 1250;

interface Killed {
  acknowledged: number;
  absent: number;
  restartMs: number;
  statuses: string;
}

/** One life and death: killed at some moment of the posts, started again on the same database while they go on. */
async function killOnce(databaseUrl: string): Promise<Killed> {
  const settings = labSettings({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' });
  let service = await runService(settings);
  try {
    const sent = webhooksOf(await placeCalls(service.port, CALLS));
    const perSecond = 500;
    const posting = load(
      service.port,
      sent.map(({ request }) => request),
      { perSecond, connections: 64 },
    );
    const lengthMs = (1000 * sent.length) / perSecond;
    await delay(lengthMs * (0.2 + 0.4 * Math.random()));
    await service.kill();
    const begun = performance.now();
    service = await runService(settings, { port: service.port });
    const answer = await fetch(`${service.url}/healthz`);
    const restartMs = performance.now() - begun;
    if (!answer.ok) throw new Error(`After the restart: ${answer.status}`);
    const result = await posting;
    return { ...(await absentOf(service.url, sent, result)), restartMs, statuses: tally(result.statuses) };
  } finally {
    await service.kill();
  }
}

/** Check 1. */
export const killDuringPosts = {
  title: 'Killed (SIGKILL) during signed posts at 500 a second',
  async work(soak: Soak) {
    const engines = [
      { engine: 'SQLite', times: soak.short ? 2 : 20, fresh: async () => freshSqlite() },
      { engine: 'PostgreSQL', times: soak.short ? 1 : 5, fresh: () => soak.postgresUrl() },
    ];
    for (const { engine, times, fresh } of engines) {
      const all: Killed[] = [];
      for (let time = 0; time < times; time += 1) all.push(await killOnce(await fresh()));
      const sum = (of: (killed: Killed) => number) => all.reduce((total, each) => total + of(each), 0);
      soak.say(`${engine}: answers of the last time`, all.at(-1)!.statuses);
      const acknowledged = sum((each) => each.acknowledged);
      soak.say(`${engine}: acknowledged in ${times} lives of ${4 * CALLS} posts`, acknowledged);
      soak.check(
        `${engine}: acknowledged and absent afterwards`,
        sum((each) => each.absent),
        sum((each) => each.absent) === 0 && acknowledged > 0,
      );
      const slowest = Math.max(...all.map(({ restartMs }) => restartMs));
      soak.check(`${engine}: slowest restart to its first 2xx (≤ 3 s)`, `${slowest.toFixed(0)} ms`, slowest <= 3000);
    }
  },
};
