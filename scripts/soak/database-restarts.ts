import { setTimeout as delay } from 'node:timers/promises';
import { absentOf, webhooksOf } from '../service-lab/call-webhooks.ts';
import { freshPostgres, ownPostgres } from '../service-lab/databases.ts';
import { load, tally } from '../service-lab/load.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const PER_SECOND = 200;

/** Check 9. */
export const databaseRestarts = {
  title: 'PostgreSQL restarted under load',
  async work(soak: Soak) {
    const postgres = await ownPostgres();
    soak.atEnd(() => postgres.remove());
    const settings = labSettings({ DATABASE_URL: await freshPostgres(postgres), LOG_LEVEL: 'warn' });
    const service = await runService(settings);
    soak.atEnd(() => service.kill());
    for (const mode of ['fast', 'immediate'] as const) {
      const seconds = soak.short ? 6 : 30;
      const sent = webhooksOf(await placeCalls(service.port, (PER_SECOND * seconds) / 4));
      const requests = sent.map(({ request }) => request);
      const posting = load(service.port, requests, { perSecond: PER_SECOND, connections: 64 });
      await delay(seconds * 300);
      await postgres.stop(mode);
      await delay(1000);
      await postgres.start();
      const begun = performance.now();
      const result = await posting;
      // When each was due is known from its place in the row.
      const troubled = sent.map((_, index) => index).filter((index) => result.statuses[index] !== 204);
      const lasted = troubled.length === 0 ? 0 : (troubled.at(-1)! - troubled[0]!) / PER_SECOND;
      soak.check(
        `${mode}: answers`,
        tally(result.statuses),
        [...result.statuses].every((status) => status === 204 || status === 503),
      );
      soak.check(
        `${mode}: seconds with refusals, of which 1 without a database (≤ 10)`,
        lasted.toFixed(1),
        lasted <= 10,
      );
      const { acknowledged, absent } = await absentOf(service.url, sent, result);
      soak.check(`${mode}: acknowledged and absent`, `${absent} of ${acknowledged}`, absent === 0);
      soak.check(
        `${mode}: the service still runs`,
        `${((performance.now() - begun) / 1000).toFixed(0)} s later`,
        service.running(),
      );
    }
  },
};
