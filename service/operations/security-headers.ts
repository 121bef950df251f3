import { createMiddleware } from 'hono/factory';
import { setHeader } from '../answer-header.ts';
import type { AppEnv } from '../environment.ts';

const YEAR_SECONDS = 31_536_000;

/**
 * Headers of every answer (OWASP: HTTP Headers). Should a browser show one as a page, that may do nothing; /phone and /docs
 * are pages, with policies of their own.
 */
export function securityHeaders(publicUrl: string) {
  const https = publicUrl.startsWith('https:');
  return createMiddleware<AppEnv>(async function securityHeaders(c, next) {
    setHeader(c, 'X-Content-Type-Options', 'nosniff');
    setHeader(c, 'Referrer-Policy', 'no-referrer');
    setHeader(c, 'Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    setHeader(c, 'Cross-Origin-Resource-Policy', 'same-origin');
    // Of this name alone: what else the domain serves is not ours to decide.
    if (https) setHeader(c, 'Strict-Transport-Security', `max-age=${YEAR_SECONDS}`);
    await next();
    // Recordings play in the CRM's pages, through elements that send no header: their link is the permission.
    if (c.req.path.endsWith('/media')) c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  });
}
