import * as z from 'zod';
import { identityOf } from '../../calls/identity.ts';
import type { Clock } from '../../calls/ports.ts';
import { E164 } from '../../config/settings.ts';
import { ROLES } from '../../contract.ts';
import type { Authenticated } from '../authentication.ts';
import { repeatsAName } from './repeated-name.ts';
import { crmTokenRefused, type TokenRefused } from './token-refused.ts';

const AUDIENCE = 'almasar-dialer';
const MAX_LIFE_SECONDS = 600;
const CLOCK_TOLERANCE_SECONDS = 60;

const claims = z.object({
  aud: z.union([z.literal(AUDIENCE), z.array(z.string()).refine((all) => all.includes(AUDIENCE))]),
  sub: z.string().min(1),
  name: z.string().trim().max(200).optional(),
  // A role that means nothing here gives no rights here.
  role: z.enum(ROLES).catch('agent'),
  callerIds: z.array(z.string().regex(E164)).min(1).max(100).optional(),
  iss: z.unknown().optional(),
  iat: z.number(),
  exp: z.number(),
  nbf: z.number().optional(),
});

/** `seconds` beyond what is borne. */
function clocksDiffer(what: string, seconds: number, now: number): TokenRefused {
  const time = new Date(now * 1000).toISOString();
  const gap = `${Math.ceil(seconds)} s`;
  return crmTokenRefused(
    'clock',
    `${what.replace('#', gap)}; here it is ${time}. If it was signed just now, the CRM's clock and this server's differ: set both by NTP`,
  );
}

/** Seconds since the epoch. */
function checkTimes({ iat, exp, nbf = iat }: { iat: number; exp: number; nbf?: number | undefined }, now: number) {
  if (exp <= iat) throw crmTokenRefused('life', 'exp is not after iat');
  if (exp - iat > MAX_LIFE_SECONDS) throw crmTokenRefused('life', 'it lives longer than ten minutes (exp - iat)');
  const ahead = Math.max(iat, nbf) - now;
  if (ahead > CLOCK_TOLERANCE_SECONDS) throw clocksDiffer('it is dated # in the future', ahead, now);
  const over = now - exp;
  if (over >= CLOCK_TOLERANCE_SECONDS) throw clocksDiffer('it expired # ago', over, now);
}

function identityFor(sub: string): string {
  try {
    return identityOf(sub);
  } catch {
    throw crmTokenRefused('claim', 'sub is too long, or not text');
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw crmTokenRefused('malformed', 'its claims are not UTF-8');
  }
}

function parseClaims(text: string) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw crmTokenRefused('malformed', 'its claims are not JSON');
  }
  const parsed = claims.safeParse(value);
  if (!parsed.success) {
    throw crmTokenRefused('claim', `the claim ${String(parsed.error.issues[0]?.path[0])} is missing or wrong`);
  }
  return parsed.data;
}

/**
 * Reads the claims of a token whose signature is right: `aud` almasar-dialer, `sub`, `exp` - `iat` at most ten minutes,
 * clocks up to a minute apart; `name`, `role` and `callerIds` where the CRM gives them; `iss` where one is expected.
 * Throws TokenRefused.
 */
export function readCrmClaims(
  bearer: string,
  payload: Uint8Array,
  issuer: string | undefined,
  clock: Clock,
): Authenticated {
  const header = Buffer.from(bearer.slice(0, bearer.indexOf('.')), 'base64url').toString();
  if (repeatsAName(header)) throw crmTokenRefused('malformed', 'its header gives a name twice');
  const text = textOf(payload);
  if (repeatsAName(text)) throw crmTokenRefused('malformed', 'it gives a claim twice');
  const { sub, name, role, callerIds, iss, iat, exp, nbf } = parseClaims(text);
  if (issuer !== undefined && iss !== issuer) throw crmTokenRefused('claim', 'the claim iss is missing or wrong');
  checkTimes({ iat, exp, nbf }, clock().getTime() / 1000);
  return {
    agent: { id: sub, name: name || null, identity: identityFor(sub), role, ...(callerIds && { callerIds }) },
    acceptedUntil: new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1000),
    crmWordAt: new Date(Math.min(iat * 1000, clock().getTime())),
  };
}
