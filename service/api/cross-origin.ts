import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../environment.ts';

const METHODS = 'GET,POST,PUT,PATCH,DELETE';
const REQUEST_HEADERS = 'Authorization,Content-Type,Last-Event-ID';
const ANSWER_HEADERS = 'X-Request-Id,Retry-After';
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
    c.header('Vary', 'Origin');
    const origin = c.req.header('origin');
    if (origin !== undefined && listed.has(origin)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', ANSWER_HEADERS);
      if (c.req.method === 'OPTIONS') {
        c.header('Access-Control-Allow-Methods', METHODS);
        c.header('Access-Control-Allow-Headers', REQUEST_HEADERS);
        c.header('Access-Control-Max-Age', PREFLIGHT_LIFE);
      }
    }
    if (c.req.method === 'OPTIONS') return c.body(null, 204);
    await next();
  });
}
