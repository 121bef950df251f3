import { SignJWT } from 'jose';

/** How long the browser may use one auth token before it asks for the next. */
export const AUTH_TOKEN_SECONDS = 5 * 60;

/** The person whom the CRM has signed in. */
export interface SignedInAgent {
  /** Stable and unique: the dialer service keeps one phone identity for each. */
  id: string;
  name: string;
}

/**
 * The one thing a CRM's back end must do for Almasar Dialer: say who the agent is, in a JWT that the service can check.
 * Claims the service wants: `aud` almasar-dialer, `sub`, `exp` at most ten minutes after `iat`; `name` is for the log. `role`
 * (agent, supervisor, admin) and `callerIds` (the only numbers this agent may call from, E.164) where the CRM has them.
 *
 * @param secret CRM_JWT_SECRET: the same text in the CRM and in the service (one of its two, while they are rotated), at least 32 bytes.
 */
export function signAuthToken(agent: SignedInAgent, secret: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ name: agent.name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience('almasar-dialer')
    .setSubject(agent.id)
    .setIssuedAt(now)
    .setExpirationTime(now + AUTH_TOKEN_SECONDS)
    .sign(new TextEncoder().encode(secret));
}
