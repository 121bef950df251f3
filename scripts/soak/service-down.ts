import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../demo/e2e/free-port.ts';
import { freshSqlite } from '../service-lab/databases.ts';
import { runService } from '../service-lab/running-program.ts';
import { callIn, legsOf, startCarrier } from '../service-lab/sandbox-carrier.ts';
import { labSettings } from '../service-lab/settings.ts';
import { truthOf } from './carrier-truth.ts';
import type { Soak } from './soak-step.ts';

/** Check 5. */
export const serviceDown = {
  title: 'The service is away under live calls',
  async work(soak: Soak) {
    const [calls, downMs] = soak.short ? [5, 6000] : [50, 60_000];
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const carrier = await startCarrier(publicUrl);
    soak.atEnd(() => carrier.close());
    const settings = labSettings({
      DATABASE_URL: freshSqlite(),
      PUBLIC_URL: publicUrl,
      TWILIO_API_BASE_URL: carrier.url,
      INBOUND_FALLBACK_NUMBER: '+201001234506',
      RECORDING_ANNOUNCEMENT: 'off',
    });
    let service = await runService(settings, { port });
    soak.atEnd(() => service.kill());
    for (let index = 0; index < calls; index += 1)
      await callIn(carrier, `+2010012${String(index).padStart(3, '0')}00`, '01');
    const live = async () => (await legsOf(carrier)).filter(({ status }) => status === 'in-progress').length;
    while ((await live()) < calls) await delay(20);
    await service.kill();
    soak.say('legs under way when the service went away', await live());
    await delay(downMs);
    service = await runService(settings, { port });
    const back = Date.now();
    const { rows } = await truthOf(soak, { service, carrier, calls, ended: back, withRecordings: false });
    soak.check(`${calls} rows right after ${downMs / 1000} s away (≤ 180 s)`, `${rows.toFixed(0)} s`, rows <= 180);
  },
};
