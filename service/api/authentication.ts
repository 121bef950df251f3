import { createMiddleware } from 'hono/factory';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { identityOf } from '../calls/identity.ts';
import type { Agent, Clock } from '../calls/ports.ts';
import { ROLES } from '../contract.ts';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';

const AUDIENCE = 'almasar-dialer';
const MAX_LIFE_SECONDS = 600;
const CLOCK_TOLERANCE_SECONDS = 60;

const claims = z.object({
  sub: z.string().min(1),
  name: z.string().trim().max(200).optional(),
  // A role that means nothing here gives no rights here.
  role: z.enum(ROLES).catch('agent'),
  iat: z.number(),
  exp: z.number(),
});

export interface Authenticated {
  agent: Agent;
  /** From this moment on, a request with the same token is refused. */
  acceptedUntil: Date;
  /** When the CRM last said who this is. */
  crmWordAt: Date;
}

export type Authenticate = (bearer: string) => Promise<Authenticated>;

/** What a developer of the CRM needs to know about a refused token; nothing about the secret. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not match CRM_JWT_SECRET';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it must be signed with HS256';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is missing or wrong`;
  return 'it is not a JWT';
}

/**
 * Checks the short-lived JWT that the CRM's back end signed for its agent: HS256, `aud` almasar-dialer, `sub`,
 * `exp` - `iat` at most ten minutes, clocks up to a minute apart; `name` and `role` where it gives them.
 */
export function jwtAuthentication(secret: string, clock: Clock): Authenticate {
  const key = new TextEncoder().encode(secret);
  return async (bearer) => {
    const verified = await jwtVerify(bearer, key, {
      algorithms: ['HS256'],
      audience: AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: clock(),
    }).catch((error: unknown) => {
      throw new ServiceError('unauthenticated', `The CRM's token was refused: ${reasonOf(error)}.`);
    });
    const parsed = claims.safeParse(verified.payload);
    if (!parsed.success)
      throw new ServiceError('unauthenticated', "The CRM's token was refused: its claims are malformed.");
    const { sub, name, role, iat, exp } = parsed.data;
    if (exp - iat > MAX_LIFE_SECONDS) {
      throw new ServiceError('unauthenticated', "The CRM's token was refused: it lives longer than ten minutes.");
    }
    if (iat > clock().getTime() / 1000 + CLOCK_TOLERANCE_SECONDS) {
      throw new ServiceError(
        'unauthenticated',
        "The CRM's token was refused: it is dated in the future; check the clocks.",
      );
    }
    try {
      return {
        agent: { id: sub, name: name || null, identity: identityOf(sub), role },
        acceptedUntil: new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1000),
        crmWordAt: new Date(Math.min(iat * 1000, clock().getTime())),
      };
    } catch {
      throw new ServiceError('unauthenticated', "The CRM's token was refused: sub is too long.");
    }
  };
}

/** Lets a request through with its agent, or answers 401 before anything else is read. */
export function authentication(authenticate: Authenticate) {
  return createMiddleware<AppEnv>(async function authentication(c, next) {
    const [, bearer] = /^Bearer +([\w.~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (!bearer) {
      throw new ServiceError('unauthenticated', 'Send the JWT of your CRM: Authorization: Bearer <token>.');
    }
    const { agent, acceptedUntil, crmWordAt } = await authenticate(bearer);
    c.set('agent', agent);
    c.set('acceptedUntil', acceptedUntil);
    c.set('crmWordAt', crmWordAt);
    await next();
  });
}
