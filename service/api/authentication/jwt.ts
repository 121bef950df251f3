import { compactVerify, errors, type CompactVerifyResult } from 'jose';
import type { Clock } from '../../calls/ports.ts';
import type { Authenticate } from '../authentication.ts';
import { readCrmClaims } from './crm-claims.ts';
import { crmTokenRefused, type TokenRefused } from './token-refused.ts';

function refusedBecause(error: unknown): TokenRefused {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return crmTokenRefused('signature', 'its signature does not match CRM_JWT_SECRET');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return crmTokenRefused('algorithm', 'it must be signed with HS256');
  return crmTokenRefused('malformed', 'it is not a signed JWT');
}

/** Checks the JWT that the CRM's back end signed for its agent with HS256 and one of the secrets. */
export function jwtAuthentication(secrets: readonly string[], issuer: string | undefined, clock: Clock): Authenticate {
  const keys = Promise.all(
    secrets.map((secret) =>
      crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
        'verify',
      ]),
    ),
  );

  async function verified(bearer: string): Promise<CompactVerifyResult> {
    let failed: unknown;
    for (const key of await keys) {
      try {
        return await compactVerify(bearer, key, { algorithms: ['HS256'] });
      } catch (error) {
        failed = error;
        // Nothing but the signature depends on the secret.
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
      }
    }
    throw refusedBecause(failed);
  }

  return async (bearer) => {
    const { payload } = await verified(bearer);
    return readCrmClaims(bearer, payload, issuer, clock);
  };
}
