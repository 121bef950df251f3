import { isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { DEFAULT_DISPOSITIONS, parseDispositions } from './dispositions.ts';
import type { Disposition } from './contract.ts';

/** A configuration that cannot work: `problems` names every one, each with what to do. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function required(remedy: string) {
  return z
    .string({ error: `is missing. ${remedy}` })
    .trim()
    .min(1, `is empty. ${remedy}`);
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** https (or http to this machine), and nothing after the path: paths are appended to it. */
function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password || /[?#]/.test(text)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

const withoutTrailingSlash = (text: string) => text.replace(/\/+$/, '');

/** `ie1`, `dublin`: part of a host name, so nothing else may stand in it. */
const hostLabel = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]{1,32}$/, 'must be a name such as dublin or ie1.')
  .optional();

/** `*` is a letter like others to the URL parser, but stands for no origin that a browser ever sends. */
function isWebOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

const E164 = /^\+[1-9]\d{6,14}$/;

const schema = z.object({
  TWILIO_ACCOUNT_SID: required('Copy it from the first page of the Twilio console (AC…).').regex(
    /^AC[0-9a-f]{32}$/,
    'must be AC and 32 hex digits. Copy it from the first page of the Twilio console.',
  ),
  TWILIO_AUTH_TOKEN: required(
    'Copy it from the first page of the Twilio console: it proves that webhooks are Twilio’s.',
  )
    .transform(list)
    .refine((tokens) => tokens.length > 0 && tokens.every((token) => /^[0-9a-f]{32}$/.test(token)), {
      error: 'must be 32 hex digits (or two such tokens with a comma between, while you rotate them).',
    }),
  TWILIO_TWIML_APP_SID: required(
    'In the Twilio console, create a TwiML App whose Voice Request URL is PUBLIC_URL/api/calls/twiml/outbound (HTTP POST), and copy its SID (AP…).',
  ).regex(/^AP[0-9a-f]{32}$/, 'must be AP and 32 hex digits: the SID of the TwiML App.'),
  TWILIO_API_KEY: required(
    'In the Twilio console, “API keys & tokens”, create an API key of type Standard and copy its SID (SK…).',
  ).regex(
    /^SK[0-9a-f]{32}$/,
    'must be SK and 32 hex digits: the SID of an API key of type Standard, not the Account SID.',
  ),
  TWILIO_API_SECRET: required(
    'It is shown once, when the API key of type Standard is made; if it is lost, make another key and set both.',
  ).min(16, 'is too short to be the secret of an API key: copy the whole of it.'),
  TWILIO_CALLER_ID: required('Set the number(s) of your account that customers see, such as +20224610000.')
    .transform(list)
    .refine((numbers) => numbers.length > 0 && numbers.every((number) => E164.test(number)), {
      error: 'must be numbers in international form such as +20224610000.',
    }),
  TWILIO_API_BASE_URL: z
    .string()
    .trim()
    .refine(isBaseUrl, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .transform(withoutTrailingSlash)
    .optional(),
  TWILIO_EDGE: hostLabel,
  TWILIO_REGION: hostLabel,
  PUBLIC_URL: required('Set the https address under which Twilio and the browsers reach this service.')
    .refine(isBaseUrl, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .transform(withoutTrailingSlash),
  AUTH_MODE: z.literal('jwt', {
    error: 'must be “jwt”: every agent’s request carries a JWT that your CRM signs. There is no default on purpose.',
  }),
  CRM_JWT_SECRET: required('Make one with `openssl rand -hex 32` and give the same to your CRM.').refine(
    (secret) => Buffer.byteLength(secret) >= 32,
    { error: 'must have at least 32 bytes. Make one with `openssl rand -hex 32`.' },
  ),
  DATABASE_URL: z
    .string()
    .trim()
    .default('sqlite:./data/almasar.db')
    .refine((url) => url.startsWith('sqlite:') && url.length > 'sqlite:'.length, {
      error:
        'must be sqlite: and a file path, such as sqlite:./data/almasar.db. PostgreSQL and others are not supported yet.',
    }),
  DEFAULT_COUNTRY: z
    .string()
    .trim()
    .refine((code) => isSupportedCountry(code), { error: 'must be a two-letter country code such as EG.' })
    .default('EG'),
  ALLOWED_COUNTRIES: z
    .string()
    .default('')
    .transform(list)
    .refine((codes) => codes.every((code) => isSupportedCountry(code)), {
      error: 'must be two-letter country codes with commas between, such as EG,SA,AE.',
    }),
  INBOUND_FALLBACK_NUMBER: z
    .string()
    .trim()
    .regex(E164, 'must be a number in international form such as +201001234500.')
    .optional(),
  INBOUND_VOICEMAIL: z.enum(['on', 'off'], { error: 'must be on or off.' }).default('on'),
  DISPOSITIONS: z
    .string()
    .transform((text, context) => {
      const parsed = parseDispositions(text);
      if (typeof parsed !== 'string') return parsed;
      context.addIssue({ code: 'custom', message: parsed });
      return z.NEVER;
    })
    .optional(),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list)
    .refine((origins) => origins.every(isWebOrigin), {
      error: 'must be exact http(s) origins with commas between, such as https://crm.example.com (no path, no *).',
    }),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .trim()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: 'must be a number from 0 to 65535.' })
    .transform(Number)
    .default(3000),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent.' })
    .default('info'),
});

/** A region without an edge has no address of its own (Twilio: global infrastructure, FQDNs). */
function pairProblems(given: Record<string, string | undefined>): string[] {
  if (given['TWILIO_REGION'] === undefined || given['TWILIO_EDGE'] !== undefined) return [];
  return [
    'TWILIO_EDGE is missing. TWILIO_REGION needs it: set the edge that belongs to the region, such as dublin for ie1.',
  ];
}

function carrierBaseUrl(env: z.infer<typeof schema>): string {
  if (env.TWILIO_API_BASE_URL !== undefined) return env.TWILIO_API_BASE_URL;
  return env.TWILIO_REGION && env.TWILIO_EDGE
    ? `https://api.${env.TWILIO_EDGE}.${env.TWILIO_REGION}.twilio.com`
    : 'https://api.twilio.com';
}

export interface Config {
  accountSid: string;
  /** Primary first. */
  authTokens: readonly string[];
  applicationSid: string;
  apiKey: string;
  apiSecret: string;
  /** E.164; the first is shown to customers. */
  callerIds: readonly string[];
  /** Where REST requests go. Without a trailing slash. */
  carrierBaseUrl: string;
  edge: string | undefined;
  region: string | undefined;
  /** Without a trailing slash. */
  publicUrl: string;
  crmJwtSecret: string;
  databasePath: string;
  defaultCountry: string;
  allowedCountries: readonly string[];
  /** E.164; rung when no agent answers a customer's call. */
  fallbackNumber: string | undefined;
  /** Whether a customer whom nobody answers may leave a message. */
  voicemail: boolean;
  /** What agents choose from after a call. */
  dispositions: readonly Disposition[];
  corsOrigins: readonly string[];
  host: string;
  port: number;
  logLevel: string;
}

/** Reads the whole configuration once. Throws ConfigError with all problems together. */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  // An empty line in .env (`TWILIO_EDGE=`) means "not set".
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  const issues = result.error?.issues ?? [];
  // Read from what was given: a refinement of the whole schema would wait until every single field is right.
  const problems = [...issues.map((issue) => `${String(issue.path[0])} ${issue.message}`), ...pairProblems(given)];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  const env = result.data;
  return {
    accountSid: env.TWILIO_ACCOUNT_SID,
    authTokens: env.TWILIO_AUTH_TOKEN,
    applicationSid: env.TWILIO_TWIML_APP_SID,
    apiKey: env.TWILIO_API_KEY,
    apiSecret: env.TWILIO_API_SECRET,
    callerIds: env.TWILIO_CALLER_ID,
    carrierBaseUrl: carrierBaseUrl(env),
    edge: env.TWILIO_EDGE,
    region: env.TWILIO_REGION,
    publicUrl: env.PUBLIC_URL,
    crmJwtSecret: env.CRM_JWT_SECRET,
    databasePath: env.DATABASE_URL.slice('sqlite:'.length),
    defaultCountry: env.DEFAULT_COUNTRY,
    allowedCountries: env.ALLOWED_COUNTRIES.length > 0 ? env.ALLOWED_COUNTRIES : [env.DEFAULT_COUNTRY],
    fallbackNumber: env.INBOUND_FALLBACK_NUMBER,
    voicemail: env.INBOUND_VOICEMAIL === 'on',
    dispositions: env.DISPOSITIONS ?? DEFAULT_DISPOSITIONS,
    corsOrigins: env.CORS_ORIGINS,
    host: env.HOST,
    port: env.PORT,
    logLevel: env.LOG_LEVEL,
  };
}
