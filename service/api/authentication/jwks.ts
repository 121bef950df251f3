import { compactVerify, createRemoteJWKSet, customFetch, errors } from 'jose';
import type { Clock } from '../../calls/ports.ts';
import { ServiceError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Authenticate } from '../authentication.ts';
import { readCrmClaims } from './crm-claims.ts';
import { crmTokenRefused, type TokenRefused } from './token-refused.ts';

const TIMEOUT_MS = 5000;
/** Between two requests, whether the first one succeeded or not: tokens that name keys at random cause no more. */
const COOL_DOWN_MS = 30_000;
/** After this the keys are fetched again while the old ones still count: a key that was withdrawn is soon gone. */
const FRESH_MS = 10 * 60_000;

class CoolingDown extends Error {}

export interface JwksOptions {
  url: string;
  issuer: string | undefined;
  clock: Clock;
  logger: Logger;
  /** Milliseconds of some steady clock; the process's own unless a test brings one. */
  steadyNow?: () => number;
}

/** jose's remote key set, with two things more: a failure cools down too, and keys that were fetched once are kept. */
function keySet({ url, logger, steadyNow = () => performance.now() }: JwksOptions) {
  let askedAt = -Infinity;
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: 0,
    cacheMaxAge: Infinity,
    [customFetch]: (address, init) => {
      if (steadyNow() - askedAt < COOL_DOWN_MS) return Promise.reject(new CoolingDown());
      askedAt = steadyNow();
      return fetch(address, init);
    },
  });
  return {
    keys,
    loaded: () => keys.jwks() !== undefined,
    refreshWhenOld() {
      if (steadyNow() - askedAt < FRESH_MS || keys.reloading) return;
      keys.reload().catch((error: unknown) => {
        logger.warn({ err: error }, 'the CRM’s keys could not be fetched anew; the last ones are used');
      });
    },
  };
}

function refusedBecause(error: unknown): TokenRefused {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return crmTokenRefused('signature', 'its signature does not match the key that it names');
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return crmTokenRefused('algorithm', 'it must be signed with RS256 or ES256');
  }
  if (error instanceof errors.JWSInvalid) return crmTokenRefused('malformed', 'it is not a signed JWT');
  return crmTokenRefused('key', 'its kid names no key of CRM_JWKS_URL that fits its algorithm');
}

/** Checks a JWT that was signed with RS256 or ES256 by a key that the CRM publishes (RFC 7517) and that `kid` names. */
export function jwksAuthentication(options: JwksOptions): Authenticate {
  const { issuer, clock, logger } = options;
  const set = keySet(options);
  return async (bearer) => {
    set.refreshWhenOld();
    const verified = await compactVerify(
      bearer,
      (header, token) => {
        if (typeof header?.kid !== 'string') throw crmTokenRefused('key', 'its header names no key (kid)');
        return set.keys(header, token);
      },
      { algorithms: ['RS256', 'ES256'] },
    ).catch((error: unknown) => {
      if (error instanceof ServiceError) throw error;
      // Without any key nothing can be said of the token.
      if (!set.loaded() && !(error instanceof errors.JWSInvalid || error instanceof errors.JOSEAlgNotAllowed)) {
        if (!(error instanceof CoolingDown)) logger.error({ err: error }, 'the CRM’s keys could not be fetched');
        throw new ServiceError('service-busy', 'The CRM’s keys could not be fetched: try again in a moment.', error);
      }
      throw refusedBecause(error);
    });
    return readCrmClaims(bearer, verified.payload, issuer, clock);
  };
}
