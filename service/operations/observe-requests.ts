import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import type { Metrics } from '../calls/metrics.ts';
import type { Clock } from '../calls/ports.ts';
import type { CarrierContact } from '../carrier/carrier-contact.ts';
import type { ErrorCode } from '../contract.ts';
import type { AppContext, AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

const CARRIER = '/api/calls/';

/** The route's own words, never those of the request: an address may hold anything, a number too. */
function templateOf(c: AppContext): string | undefined {
  const route = matchedRoutes(c).find(({ method }) => method !== 'ALL');
  return route?.path.replace(/\{[^}]*\}+/g, '');
}

function codeOf(c: AppContext): ErrorCode | undefined {
  if (c.error === undefined) return undefined;
  if (c.error instanceof ServiceError) return c.error.code;
  return c.res.status === 503 ? 'service-busy' : 'internal';
}

function timeOf(c: AppContext): number | undefined {
  const time = Date.parse(c.get('webhook')?.get('Timestamp') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

export interface ObserveRequestsOptions {
  metrics: Metrics;
  contact: CarrierContact;
  clock: Clock;
}

/** Counts each request when it is answered, by what it asked for. */
export function observeRequests({ metrics, contact, clock }: ObserveRequestsOptions) {
  function observeWebhook(c: AppContext, kind: string): void {
    const firedAt = timeOf(c);
    const now = clock().getTime();
    const kept = firedAt !== undefined && c.error === undefined;
    metrics.webhook(kind, codeOf(c) ?? String(c.res.status), kept ? Math.max(0, (now - firedAt) / 1000) : undefined);
    if (firedAt !== undefined) contact.webhookSaid(firedAt, now);
  }

  return createMiddleware<AppEnv>(async function observeRequests(c, next) {
    const start = performance.now();
    await next();
    const route = templateOf(c);
    const method = route === undefined ? 'other' : c.req.method;
    const seconds = (performance.now() - start) / 1000;
    metrics.answered({ method, route: route ?? 'none', status: c.res.status, seconds });
    if (route === undefined) return;

    const code = codeOf(c);
    if (/^\/api\/calls\/(twiml|webhook)\//.test(route)) observeWebhook(c, route.slice(CARRIER.length));
    else if (method === 'POST' && route === '/api/calls/token') metrics.token(code ?? 'minted');
    else if (method === 'POST' && route === '/api/calls' && code) metrics.dialRefused(code, 'intent');
  });
}
