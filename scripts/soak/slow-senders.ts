import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freshSqlite } from '../service-lab/databases.ts';
import { agentRequest, crmToken, requestBytes } from '../service-lab/http-request.ts';
import { load, tally } from '../service-lab/load.ts';
import { quantile } from '../service-lab/process-figures.ts';
import { runService } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import type { Soak } from './soak-step.ts';

const SENDERS = 500;

/** After what is sent at once, a byte a second until the other side has had enough; milliseconds until then. */
function dribble(port: number, atOnce: string): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const socket = connect(port, '127.0.0.1', () => socket.write(atOnce));
    const timer = setInterval(() => socket.write('x'), 1000);
    const over = (ms: number) => {
      clearInterval(timer);
      clearTimeout(late);
      socket.destroy();
      resolve(ms);
    };
    const late = setTimeout(() => over(Infinity), 30_000);
    socket.resume();
    socket.on('error', () => over(performance.now() - begun));
    socket.on('close', () => over(performance.now() - begun));
  });
}

/** Check 26. */
export const slowSenders = {
  title: `${SENDERS} senders of one byte a second, and senders of too much`,
  async work(soak: Soak) {
    const service = await runService(labSettings({ DATABASE_URL: freshSqlite(), LOG_LEVEL: 'warn' }), {
      core: 'server',
    });
    soak.atEnd(() => service.kill());
    const head = 'POST /api/calls/webhook/status HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    const wholeHead = `${head}Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: x\r\nContent-Length: 1000\r\n\r\n`;
    const slow = Array.from({ length: SENDERS }, (_, index) =>
      dribble(service.port, index % 2 ? `${head}X-Slow: ` : wholeHead),
    );
    await delay(1000);
    const healthy = Array.from({ length: 600 }, (_, index) =>
      agentRequest(crmToken({ sub: `agent${index}` }), 'GET', '/api/calls'),
    );
    const { statuses, latencies } = await load(service.port, healthy, { perSecond: 50, connections: 16 });
    const p99 = quantile(latencies, 0.99);
    soak.check(
      'healthy requests meanwhile',
      tally(statuses),
      statuses.every((status) => status === 200),
    );
    soak.check('their p99 (≤ 300 ms)', `${p99.toFixed(1)} ms`, p99 <= 300);
    const cut = await Promise.all(slow);
    const [heads, bodies] = [cut.filter((_, index) => index % 2), cut.filter((_, index) => index % 2 === 0)];
    for (const [what, times] of [
      ['head', heads],
      ['body', bodies],
    ] as const) {
      const slowest = Math.max(...times);
      soak.check(
        `senders of a slow ${what}: the last cut after (≤ 15 s)`,
        `${(slowest / 1000).toFixed(1)} s`,
        slowest <= 15_000,
      );
    }

    const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': 'x' };
    const large = 'x'.repeat(64 * 1024 + 1);
    const chunked = Buffer.from(
      `POST /api/calls/webhook/status HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
        `X-Twilio-Signature: x\r\nTransfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`,
    );
    const refused = await load(
      service.port,
      [requestBytes('POST', '/api/calls/webhook/status', form, large), chunked],
      { connections: 1 },
    );
    soak.check(
      'more than 64 KiB, by its length and in chunks',
      tally(refused.statuses),
      refused.statuses.every((status) => status === 413),
    );
  },
};
