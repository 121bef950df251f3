import { hkdfSync } from 'node:crypto';
import * as z from 'zod';
import { identityOf } from '../calls/identity.ts';
import type { Agent, Clock } from '../calls/ports.ts';
import type { SessionAnswer, TokenRefusal } from '../contract.ts';
import type { Authenticate } from './authentication.ts';
import { TokenRefused } from './authentication/token-refused.ts';

const AUDIENCE = 'almasar-phone';
const LIFE_SECONDS = 3600;
/** How long after the CRM's last word a session may go on: a shift. */
const LONGEST_SECONDS = 12 * 3600;

const claims = z.object({
  sub: z.string().min(1),
  name: z.string().nullable(),
  callerIds: z.array(z.string()).optional(),
  /** When the CRM last said who this is, seconds since the epoch. */
  crm: z.number(),
  exp: z.number(),
});

/**
 * Tokens of the service's own, for the phone window: it outlives the page that could ask the CRM for one. A phone needs an
 * agent's own calls and no more, so that whoever is a supervisor no longer is none here for the rest of a shift.
 */
export interface PhoneSessions {
  /** An hour, but never beyond 12 hours after the CRM's last word. */
  issue(agent: Agent, crmWordAt: Date): Promise<SessionAnswer>;
  /** Throws TokenRefused for whatever is not such a token. */
  authenticate: Authenticate;
}

/** Whether it says of itself that it is a session token. Proves nothing: it tells which key must verify it. */
export function isSessionToken(bearer: string): boolean {
  try {
    const claims = Buffer.from(bearer.split('.')[1] ?? '', 'base64url').toString();
    return (JSON.parse(claims) as { aud?: unknown }).aud === AUDIENCE;
  } catch {
    return false;
  }
}

function refused(reason: TokenRefusal, because: string): TokenRefused {
  return new TokenRefused(reason, `The phone's session ${because}: open the phone from your CRM again.`);
}

export function createPhoneSessions(secret: string, clock: Clock): PhoneSessions {
  // A key of its own: the CRM, which knows the secret, signs no sessions by mistake, and no session passes for its word.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'almasar-phone-session-v1', 32));
  return {
    async issue({ id, name, callerIds }, crmWordAt) {
      const now = Math.floor(clock().getTime() / 1000);
      const crm = Math.floor(crmWordAt.getTime() / 1000);
      const expires = Math.min(now + LIFE_SECONDS, crm + LONGEST_SECONDS);
      const { SignJWT } = await import('jose');
      const token = await new SignJWT({ name, crm, ...(callerIds && { callerIds }) })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setAudience(AUDIENCE)
        .setSubject(id)
        .setIssuedAt(now)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },

    async authenticate(bearer) {
      const { jwtVerify } = await import('jose');
      const { payload } = await jwtVerify(bearer, key, {
        algorithms: ['HS256'],
        audience: AUDIENCE,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: clock(),
      }).catch(() => {
        throw refused('clock', 'is over');
      });
      const parsed = claims.safeParse(payload);
      if (!parsed.success) throw refused('claim', 'is not valid');
      const { sub, name, callerIds, crm, exp } = parsed.data;
      return {
        agent: { id: sub, name, role: 'agent', identity: identityOf(sub), ...(callerIds && { callerIds }) },
        acceptedUntil: new Date(exp * 1000),
        crmWordAt: new Date(crm * 1000),
      };
    },
  };
}
