import { createHmac, randomUUID } from 'node:crypto';
import type { Agent, Clock } from '../calls/ports.ts';
import type { TokenAnswer } from '../contract.ts';

export interface AccessTokenOptions {
  accountSid: string;
  /** What tokens are signed with, and the app they call through. */
  keys: () => Promise<{ apiKey: string; apiSecret: string; applicationSid: string }>;
  /** Nearest first. */
  edges: readonly string[];
  region: string | undefined;
  /** Seconds. Twilio advises the shortest feasible life, at most 24 h (Access Tokens); the widget renews it in time. */
  tokenLifeSeconds: number;
  clock: Clock;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Mints the access token of an agent's phone: one voice grant, nothing else. Written out here since Twilio's library
 * leaves no way to set `jti`: its own is the same for all tokens of a second, and a token could not be told from another.
 */
export function createAccessTokenMint(options: AccessTokenOptions): (agent: Agent) => Promise<TokenAnswer> {
  const { accountSid, keys, edges, region, tokenLifeSeconds, clock } = options;
  const header = part({ alg: 'HS256', typ: 'JWT', cty: 'twilio-fpa;v=1', ...(region && { twr: region }) });
  return async ({ identity }) => {
    const { apiKey, apiSecret, applicationSid } = await keys();
    const voice = { incoming: { allow: true }, outgoing: { application_sid: applicationSid } };
    const iat = Math.floor(clock().getTime() / 1000);
    const exp = iat + tokenLifeSeconds;
    const jti = `${apiKey}-${iat}-${randomUUID()}`;
    const signed = `${header}.${part({ jti, iss: apiKey, sub: accountSid, iat, exp, grants: { identity, voice } })}`;
    return {
      accessToken: `${signed}.${createHmac('sha256', apiSecret).update(signed).digest('base64url')}`,
      identity,
      expiresAt: new Date(exp * 1000).toISOString(),
      ...(edges[0] && { edge: edges[0] }),
      ...(edges.length > 1 && { edges: [...edges] }),
      ...(region ? { region } : {}),
    };
  };
}
