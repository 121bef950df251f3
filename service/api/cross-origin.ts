import { createMiddleware } from 'hono/factory';
import { setHeader } from '../answer-header.ts';
import type { AppEnv } from '../environment.ts';

const METHODS = 'GET,POST,PUT,PATCH,DELETE';
const REQUEST_HEADERS = 'Authorization,Content-Type,Last-Event-ID';
const ANSWER_HEADERS = 'X-Request-Id,Retry-After,Content-Disposition';
/** Seconds that a browser need not ask again. */
const PREFLIGHT_LIFE = '600';

/**
 * Lets pages of exactly these origins read the answers (Fetch standard, CORS protocol). A courtesy to browsers: who asks
 * is told by the token alone. No cookies, so no credentials.
 */
export function crossOrigin(origins: readonly string[]) {
  const listed = new Set(origins);
  return createMiddleware<AppEnv>(async function crossOrigin(c, next) {
    // The answer differs by origin even when it says nothing of one: a cache between must know.
    setHeader(c, 'Vary', 'Origin');
    const origin = c.req.header('origin');
    if (origin !== undefined && listed.has(origin)) {
      setHeader(c, 'Access-Control-Allow-Origin', origin);
      setHeader(c, 'Access-Control-Expose-Headers', ANSWER_HEADERS);
      if (c.req.method === 'OPTIONS') {
        setHeader(c, 'Access-Control-Allow-Methods', METHODS);
        setHeader(c, 'Access-Control-Allow-Headers', REQUEST_HEADERS);
        setHeader(c, 'Access-Control-Max-Age', PREFLIGHT_LIFE);
      }
    }
    if (c.req.method === 'OPTIONS') return c.body(null, 204);
    await next();
  });
}
