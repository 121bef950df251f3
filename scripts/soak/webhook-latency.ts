import { webhooksOf } from '../service-lab/call-webhooks.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { load, tally } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { quantile, rssMiB } from '../service-lab/process-figures.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

interface Rate {
  name: string;
  databaseUrl: string;
  perSecond: number;
  seconds: number;
}

async function atRate(soak: Soak, { name, databaseUrl, perSecond, seconds }: Rate): Promise<void> {
  const service = await runService(labSettings({ DATABASE_URL: databaseUrl }), { core: 'server' });
  try {
    const calls = await placeCalls(service.port, Math.ceil((perSecond * seconds) / 4));
    const requests = webhooksOf(calls).map(({ request }) => request);
    // The first tenth warms up, as far as memory goes.
    let warm = NaN;
    let highest = 0;
    const begun = performance.now();
    const watch = setInterval(() => {
      const rss = rssMiB(service.pid);
      if (Number.isNaN(warm) && performance.now() - begun > seconds * 100) warm = rss;
      highest = Math.max(highest, rss);
    }, 500);
    const { statuses, latencies } = await load(service.port, requests, { perSecond, connections: 64 });
    clearInterval(watch);
    const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
    soak.check(
      `${name}: answers`,
      tally(statuses),
      statuses.every((status) => status === 204),
    );
    soak.check(`${name}: webhook p99 (≤ 200 ms)`, `${p99.toFixed(1)} ms (p50 ${p50.toFixed(1)})`, p99 <= 200);
    const grown = highest - warm;
    soak.check(
      `${name}: memory grown in ${seconds} s (≤ 50 MiB)`,
      `${grown.toFixed(1)} MiB, to ${highest.toFixed(0)}`,
      grown <= 50,
    );
  } finally {
    await service.kill();
  }
}

/** Check 7. */
export const webhookLatency = {
  title: 'Webhooks at a steady rate',
  async work(soak: Soak) {
    await atRate(soak, {
      name: 'SQLite at 300 a second',
      databaseUrl: freshSqlite(),
      perSecond: 300,
      seconds: soak.short ? 8 : 600,
    });
    await atRate(soak, {
      name: 'PostgreSQL at 1,000 a second',
      databaseUrl: await soak.postgresUrl(),
      perSecond: 1000,
      seconds: soak.short ? 4 : 120,
    });
  },
};
