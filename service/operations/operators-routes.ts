import { createHash, timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono } from 'hono';
import { isLoopback } from '../config/settings.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import type { Prometheus } from './prometheus.ts';
import type { Readiness } from './readiness.ts';

export interface OperatorsRoutesOptions {
  version: string;
  readiness: () => Promise<Readiness>;
  prometheus: Prometheus;
  /** Bearer of who may read /metrics; undefined: whoever is on this machine. */
  metricsToken: string | undefined;
}

const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** Asked for by a program on this machine, and not through a proxy that happens to run here. */
function isLocal(c: AppContext): boolean {
  const address = c.env ? getConnInfo(c).remote.address?.replace(/^::ffff:/, '') : undefined;
  const host = URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname;
  if (address === undefined || host === undefined || PASSED_ON.some((name) => c.req.header(name))) return false;
  return isLoopback(address === '::1' ? '[::1]' : address) && isLoopback(host);
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function mayReadMetrics(c: AppContext, metricsToken: string | undefined): boolean {
  if (metricsToken === undefined) return isLocal(c);
  const [, bearer = ''] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  return timingSafeEqual(digest(bearer), digest(metricsToken));
}

/** `/healthz` (the process lives), `/readyz` (calls may come), `/metrics`. */
export function operatorsRoutes({ version, readiness, prometheus, metricsToken }: OperatorsRoutesOptions) {
  const app = new Hono<AppEnv>();
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    app.use(path, async (c, next) => {
      c.header('Cache-Control', 'no-store');
      await next();
    });
  }
  return app
    .get('/healthz', (c) => c.json({ status: 'ok', version }))
    .get('/readyz', async (c) => {
      const answer = await readiness();
      return c.json(answer, answer.status === 'ready' ? 200 : 503);
    })
    .get('/metrics', async (c) => {
      if (!mayReadMetrics(c, metricsToken)) {
        throw metricsToken === undefined
          ? new ServiceError('not-found', 'Metrics are read on this machine, or with METRICS_TOKEN.')
          : new ServiceError('unauthenticated', 'Send METRICS_TOKEN: Authorization: Bearer <token>.');
      }
      const { text, contentType } = await prometheus.exposition();
      return c.body(text, 200, { 'Content-Type': contentType });
    });
}
