import * as z from 'zod';
import { isLoopback, list, required } from './settings.ts';
import { readAddressRanges } from './address-ranges.ts';

const SHORTEST_SECRET = 32;
const longEnough = (secret: string) => Buffer.byteLength(secret) >= SHORTEST_SECRET;

/** `*` is a letter like others to the URL parser, but stands for no origin that a browser ever sends. */
function isWebOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

/** Whoever can change what is read here can sign in as anybody: https, or this machine. */
function isKeyAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

const MODES = ['jwt', 'jwks', 'dev'] as const;

/** Who may ask, and from which pages. */
export const authenticationShape = {
  AUTH_MODE: z.enum(MODES, {
    error: ({ input }) =>
      `${input === undefined ? 'is missing' : 'is none of the three'}. Set jwt (your CRM signs a JWT with a secret that both know), ` +
      'jwks (it signs with a key of which it publishes the public half) or dev (this machine only: anybody is who they say). ' +
      'There is no default on purpose.',
  }),
  CRM_JWT_SECRET: z
    .string()
    .trim()
    .transform(list)
    .refine((secrets) => secrets.length > 0 && secrets.length <= 2 && secrets.every(longEnough), {
      error:
        'must have at least 32 bytes (or be two such secrets with a comma between, while you rotate them). Make one with `openssl rand -hex 32`.',
    })
    .optional(),
  CRM_JWKS_URL: z
    .string()
    .trim()
    .refine(isKeyAddress, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .optional(),
  CRM_JWT_ISSUER: z.string().trim().min(1).optional(),
  SERVICE_SECRET: required('Make one with `openssl rand -hex 32`.')
    .refine(longEnough, { error: 'must have at least 32 bytes. Make one with `openssl rand -hex 32`.' })
    .optional(),
  TOKEN_LIFE: z
    .string()
    .trim()
    .refine((text) => /^\d{3,4}$/.test(text) && Number(text) >= 600 && Number(text) <= 3600, {
      error: 'must be a number of seconds from 600 to 3600.',
    })
    .transform(Number)
    .default(3600),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(list)
    .refine((ranges) => readAddressRanges(ranges) !== undefined, {
      error: 'must be addresses or ranges of your proxies with commas between, such as 10.0.0.5,192.168.0.0/16.',
    }),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list)
    .refine((origins) => origins.every(isWebOrigin), {
      error: 'must be exact http(s) origins with commas between, such as https://crm.example.com (no path, no *).',
    }),
};

/** What a mode needs besides itself, and where `dev` may not run. */
export function authenticationProblems(given: Record<string, string | undefined>): string[] {
  switch (given['AUTH_MODE']) {
    case undefined:
    case 'jwt':
      if (given['CRM_JWT_SECRET'] !== undefined) return [];
      return ['CRM_JWT_SECRET is missing. Make one with `openssl rand -hex 32` and give the same to your CRM.'];
    case 'jwks':
      if (given['CRM_JWKS_URL'] !== undefined) return [];
      return ['CRM_JWKS_URL is missing. Set the https address of your CRM’s public keys (a JSON Web Key Set).'];
    case 'dev':
      return devProblems(given);
    default:
      return [];
  }
}

function devProblems(given: Record<string, string | undefined>): string[] {
  const host = given['HOST'] ?? '127.0.0.1';
  const publicHost = URL.parse(given['PUBLIC_URL'] ?? '')?.hostname;
  const reasons = [
    given['NODE_ENV'] === 'production' && 'NODE_ENV is production',
    !isLoopback(host.trim()) && 'HOST is not this machine’s own address (127.0.0.1)',
    publicHost !== undefined && !isLoopback(publicHost) && 'PUBLIC_URL is not this machine’s own (http://localhost:…)',
  ].filter((reason) => reason !== false);
  if (reasons.length === 0) return [];
  return [
    `AUTH_MODE dev lets anybody be anybody, so it runs on a developer’s machine only; here ${reasons.join(' and ')}. Set jwt or jwks.`,
  ];
}

export interface AuthenticationConfig {
  /** How the CRM says who an agent is. */
  authMode: (typeof MODES)[number];
  /** Each is accepted. Never empty in mode `jwt`. */
  crmJwtSecrets: readonly string[];
  /** Set in mode `jwks`. */
  crmJwksUrl: string | undefined;
  /** `iss` of the CRM's tokens, where that is checked. */
  crmJwtIssuer: string | undefined;
  /** What the service's own tokens and links are signed from; undefined: from the carrier's auth token. */
  givenServiceSecret: string | undefined;
  /** Seconds that an access token lives: 600 to 3600. */
  tokenLifeSeconds: number;
  /** Addresses and ranges of proxies whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  corsOrigins: readonly string[];
}

export function authenticationConfig(env: z.infer<z.ZodObject<typeof authenticationShape>>): AuthenticationConfig {
  return {
    authMode: env.AUTH_MODE,
    crmJwtSecrets: env.CRM_JWT_SECRET ?? [],
    crmJwksUrl: env.CRM_JWKS_URL,
    crmJwtIssuer: env.CRM_JWT_ISSUER,
    givenServiceSecret: env.SERVICE_SECRET,
    tokenLifeSeconds: env.TOKEN_LIFE,
    trustedProxies: env.TRUSTED_PROXIES,
    corsOrigins: env.CORS_ORIGINS,
  };
}
