import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'almasar-call-center-key';
const REFUSAL =
  'This page places real calls, so it opens only with the address that the terminal shows: …/call-center?key=…\n';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Lets in who shows the key, in the query `key` once and in a cookie from then on; answers 403 to everybody else. */
export function requirePageKey(key: string): MiddlewareHandler {
  const expected = digest(key);
  const isKey = (given: string | undefined) => given !== undefined && timingSafeEqual(digest(given), expected);
  return async function pageKey(c, next) {
    if (isKey(c.req.query('key'))) {
      setCookie(c, COOKIE, key, { path: '/call-center', httpOnly: true, sameSite: 'Strict' });
    } else if (!isKey(getCookie(c, COOKIE))) {
      return c.text(REFUSAL, 403, { 'Cache-Control': 'no-store' });
    }
    return next();
  };
}
