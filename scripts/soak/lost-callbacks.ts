import { setTimeout as delay } from 'node:timers/promises';
import { freshSqlite } from '../service-lab/databases.ts';
import { keptCalls } from '../service-lab/kept-calls.ts';
import { runService } from '../service-lab/running-program.ts';
import { callIn, legsOf, startCarrier } from '../service-lab/sandbox-carrier.ts';
import { labSettings } from '../service-lab/settings.ts';
import { startProxy } from '../service-lab/counting-proxy.ts';
import { truthOf } from './carrier-truth.ts';
import type { Soak } from './soak-step.ts';

/** Check 4. */
export const lostCallbacks = {
  title: 'Every callback of some calls is lost',
  async work(soak: Soak) {
    let serviceUrl = '';
    // The question what to do gets through, and the one for the next verb, without which nobody talks; news does not.
    const front = await startProxy(
      () => serviceUrl,
      (asked) => asked.url!.includes('/webhook/') || asked.url!.includes('-result'),
    );
    soak.atEnd(() => front.close());
    const carrier = await startCarrier(front.url);
    soak.atEnd(() => carrier.close());
    const service = await runService(
      labSettings({
        DATABASE_URL: freshSqlite(),
        PUBLIC_URL: front.url,
        TWILIO_API_BASE_URL: carrier.url,
        // Answers, says something, and hangs up after three seconds.
        INBOUND_FALLBACK_NUMBER: '+201001234506',
        RECORDING_ANNOUNCEMENT: 'off',
      }),
    );
    soak.atEnd(() => service.kill());
    serviceUrl = service.url;
    const calls = soak.short ? 3 : 20;
    for (let index = 0; index < calls; index += 1) {
      await callIn(carrier, `+2010012${String(index).padStart(3, '0')}00`, '01');
      await delay(100);
    }
    while ((await legsOf(carrier)).some(({ endedAt }) => endedAt === null)) await delay(200);
    const ended = Date.now();
    const seconds = await truthOf(soak, { service, carrier, calls, ended, withRecordings: true });
    const dropped = front.lines.filter((line) => line.includes('/webhook/') || line.includes('-result')).length;
    soak.say(`callbacks of ${calls} calls that were lost`, dropped);
    soak.check('every row as the carrier has it (≤ 180 s)', `${seconds.rows.toFixed(0)} s`, seconds.rows <= 180);
    soak.check('every recording found (≤ 300 s)', `${seconds.recordings.toFixed(0)} s`, seconds.recordings <= 300);
    soak.say('rows', (await keptCalls(service.url)).size);
  },
};
