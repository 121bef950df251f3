import { setTimeout as delay } from 'node:timers/promises';
import { absentOf, webhooksOf } from '../service-lab/call-webhooks.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { load, tally } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

/** Check 11. */
export const drain = {
  title: 'Ended (SIGTERM) under load',
  async work(soak: Soak) {
    const databaseUrl = freshSqlite();
    const statuses: number[] = [];
    let slowest = 0;
    let codes = '';
    let absent = 0;
    for (let time = 0; time < (soak.short ? 2 : 10); time += 1) {
      const settings = labSettings({ DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' });
      const service = await runService(settings);
      const sent = webhooksOf(await placeCalls(service.port, 1500));
      const requests = sent.map(({ request }) => request);
      const posting = load(service.port, requests, { perSecond: 300, connections: 32 });
      await delay(1500);
      const begun = performance.now();
      codes += ` ${await service.stop()}`;
      slowest = Math.max(slowest, performance.now() - begun);
      const result = await posting;
      statuses.push(...result.statuses);
      const again = await runService(settings);
      absent += (await absentOf(again.url, sent, result)).absent;
      await again.kill();
    }
    soak.say('answers (1: nobody listened any more, nothing was sent)', tally(statuses));
    const resets = statuses.filter((status) => status === 0).length;
    soak.check('connections cut with a request in them', resets, resets === 0);
    soak.check(
      'ended after (≤ 10 s), exit codes',
      `${slowest.toFixed(0)} ms,${codes}`,
      slowest <= 10_000 && /^[ 0]*$/.test(codes),
    );
    soak.check('acknowledged and absent', absent, absent === 0);
  },
};
