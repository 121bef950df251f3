import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../../calls/ports.ts';
import type { Authenticate } from '../authentication.ts';
import { readCrmClaims } from './crm-claims.ts';
import { crmTokenRefused } from './token-refused.ts';

const header = z.object({ alg: z.string(), crit: z.undefined().optional() });

function algorithmOf(text: string): string {
  try {
    return header.parse(JSON.parse(Buffer.from(text, 'base64url').toString())).alg;
  } catch {
    throw crmTokenRefused('malformed', 'it is not a signed JWT');
  }
}

/**
 * Checks the JWT that the CRM's back end signed for its agent with HS256 and one of the secrets (RFC 7515 §5.2). Of one
 * algorithm this is two lines; Web Crypto's way to it, through another thread, takes ten times as long.
 */
export function jwtAuthentication(secrets: readonly string[], issuer: string | undefined, clock: Clock): Authenticate {
  const keys = secrets.map((secret) => createSecretKey(secret, 'utf8'));

  /** Compared as text: several texts decode to the same bytes, and only one of them was given out. */
  function isSigned(signed: string, signature: string): boolean {
    const given = Buffer.from(signature);
    return keys.some((key) => {
      const expected = Buffer.from(createHmac('sha256', key).update(signed).digest('base64url'));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }

  return async (bearer) => {
    const [protectedHeader = '', payload, signature, ...more] = bearer.split('.');
    if (payload === undefined || signature === undefined || more.length > 0) {
      throw crmTokenRefused('malformed', 'it is not a signed JWT');
    }
    if (algorithmOf(protectedHeader) !== 'HS256') throw crmTokenRefused('algorithm', 'it must be signed with HS256');
    if (!isSigned(`${protectedHeader}.${payload}`, signature)) {
      throw crmTokenRefused('signature', 'its signature does not match CRM_JWT_SECRET');
    }
    return readCrmClaims(bearer, Buffer.from(payload, 'base64url'), issuer, clock);
  };
}
