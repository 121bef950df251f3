import AccessToken from 'twilio/lib/jwt/AccessToken.js';
import type { Agent, Clock } from '../calls/ports.ts';
import type { TokenAnswer } from '../contract.ts';

/** Seconds. Twilio advises the shortest feasible life, at most 24 h (Access Tokens); the widget renews it in time. */
const LIFE = 3600;

export interface AccessTokenOptions {
  accountSid: string;
  apiKey: string;
  apiSecret: string;
  applicationSid: string;
  edge: string | undefined;
  region: string | undefined;
  clock: Clock;
}

/** Mints the access token of an agent's phone: one voice grant, nothing else. */
export function createAccessTokenMint(options: AccessTokenOptions): (agent: Agent) => TokenAnswer {
  const { accountSid, apiKey, apiSecret, applicationSid, edge, region, clock } = options;
  return (agent) => {
    const token = new AccessToken(accountSid, apiKey, apiSecret, {
      identity: agent.identity,
      ttl: LIFE,
      ...(region ? { region } : {}),
    });
    token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: applicationSid, incomingAllow: true }));
    return {
      accessToken: token.toJwt(),
      identity: agent.identity,
      expiresAt: new Date(clock().getTime() + LIFE * 1000).toISOString(),
      ...(edge ? { edge } : {}),
      ...(region ? { region } : {}),
    };
  };
}
