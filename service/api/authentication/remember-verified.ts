import { hash } from 'node:crypto';
import type { Clock } from '../../calls/ports.ts';
import type { Authenticate, Authenticated } from '../authentication.ts';

/** A key or secret that was withdrawn counts no longer than this. */
const REMEMBERED_MS = 60_000;
/** Tokens of so many pages at once; about half a kilobyte each. */
const MOST = 10_000;

interface Remembered {
  authenticated: Authenticated;
  /** Milliseconds since the epoch. */
  from: number;
  until: number;
}

/** Verifies a token once a minute, not at each of its requests. Kept by its hash: no token lies in memory for long. */
export function rememberVerified(authenticate: Authenticate, clock: Clock): Authenticate {
  const remembered = new Map<string, Remembered>();
  return async (bearer) => {
    const key = hash('sha256', bearer, 'base64');
    const now = clock().getTime();
    const known = remembered.get(key);
    if (known && now >= known.from && now < known.until) return known.authenticated;
    remembered.delete(key);
    const authenticated = await authenticate(bearer);
    const until = Math.min(authenticated.acceptedUntil.getTime(), now + REMEMBERED_MS);
    // All go, and are verified once more: to find the oldest, a Map goes past all that were deleted before.
    if (remembered.size >= MOST) remembered.clear();
    remembered.set(key, { authenticated, from: now, until });
    return authenticated;
  };
}
