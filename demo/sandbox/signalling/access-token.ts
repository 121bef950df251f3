import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '../ports.ts';

/** What a verified access token allows. */
export interface Admission {
  identity: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The TwiML App that outgoing calls run; null without an outgoing grant. */
  applicationSid: string | null;
  /** Of the outgoing grant: parameters for the Voice URL that the browser cannot change. */
  parameters: Record<string, string>;
  mayReceive: boolean;
}

/** Twilio's error codes for access tokens (Twilio: Error and Warning Dictionary). */
const INVALID = 20101;
const EXPIRED = 20104;
const LONGEST_LIFE = 24 * 3600;

export class TokenRefused extends Error {
  readonly code: number;
  /** Whose token it was, when it is good in everything but its age. */
  readonly identity: string | undefined;

  constructor(code: number, reason: string, identity?: string) {
    super(code === EXPIRED ? `AccessTokenExpired: ${reason}` : `AccessTokenInvalid: ${reason}`);
    this.name = 'TokenRefused';
    this.code = code;
    this.identity = identity;
  }
}

interface Claims {
  iss?: unknown;
  sub?: unknown;
  exp?: unknown;
  iat?: unknown;
  nbf?: unknown;
  grants?: {
    identity?: unknown;
    voice?: { incoming?: { allow?: unknown }; outgoing?: { application_sid?: unknown; params?: unknown } };
  };
}

function parse(part: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below, like every other text that is no token.
  }
  throw new TokenRefused(INVALID, 'not a JWT');
}

/** When the token ends, in seconds. Refuses one that has ended, has not begun, or lives longer than Twilio allows. */
function endOfLife({ exp, iat, nbf }: Claims, now: number, identity: string): number {
  if (typeof exp !== 'number') throw new TokenRefused(INVALID, 'the token has no end');
  if (exp <= now) throw new TokenRefused(EXPIRED, 'ask for a new one', identity);
  if (typeof nbf === 'number' && nbf > now) throw new TokenRefused(INVALID, 'the token is not valid yet');
  const start = typeof iat === 'number' ? Math.min(iat, now) : now;
  if (exp - start > LONGEST_LIFE) throw new TokenRefused(INVALID, 'the token lives longer than 24 hours');
  return exp;
}

function parametersOf(params: unknown): Record<string, string> {
  if (typeof params !== 'object' || params === null) return {};
  const isPlain = ([, value]: [string, unknown]) => ['string', 'number', 'boolean'].includes(typeof value);
  return Object.fromEntries(
    Object.entries(params)
      .filter(isPlain)
      .map(([name, value]) => [name, String(value)]),
  );
}

/** Checks signature, issuer, account, life and grants. Throws TokenRefused with the code that Twilio's page names. */
export function verifyAccessToken(token: string, account: Account, now: number): Admission {
  const [headerPart, payloadPart, signaturePart, rest] = token.split('.');
  const header = parse(headerPart);
  const claims: Claims = parse(payloadPart);
  if (header['alg'] !== 'HS256' || header['cty'] !== 'twilio-fpa;v=1' || rest !== undefined) {
    throw new TokenRefused(INVALID, 'the header is not that of an access token');
  }
  const key = typeof claims.iss === 'string' ? account.apiKeys.get(claims.iss) : undefined;
  if (!key) throw new TokenRefused(INVALID, 'the issuer is no API key of this account');
  const expected = createHmac('sha256', key.secret).update(`${headerPart}.${payloadPart}`).digest();
  const given = Buffer.from(signaturePart ?? '', 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new TokenRefused(INVALID, 'the signature does not match the API key');
  }
  if (claims.sub !== account.accountSid) throw new TokenRefused(INVALID, 'the subject is another account');
  const identity = claims.grants?.identity;
  const voice = claims.grants?.voice;
  if (typeof identity !== 'string' || !/^[A-Za-z0-9_]{1,121}$/.test(identity) || !voice) {
    throw new TokenRefused(INVALID, 'the token has no identity, or no voice grant');
  }
  const expiresAt = endOfLife(claims, now / 1000, identity) * 1000;
  const application = voice.outgoing?.application_sid;
  return {
    identity,
    expiresAt,
    applicationSid: typeof application === 'string' && account.applications.has(application) ? application : null,
    parameters: parametersOf(voice.outgoing?.params),
    mayReceive: voice.incoming?.allow === true,
  };
}
