import * as z from 'zod';
import type { CallerId } from '../contract.ts';
import { parseCallerIds } from './caller-ids.ts';
import { isBaseUrl, list, required, withoutTrailingSlash } from './settings.ts';

/** `ie1`, `dublin`: part of a host name, so nothing else may stand in it. */
const hostLabel = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]{1,32}$/, 'must be a name such as dublin or ie1.');

function isHttpsAddress(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && !url.username && !url.password;
}

/** The Twilio account. */
export const accountShape = {
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
  TWILIO_TWIML_APP_SID: z
    .string()
    .trim()
    .regex(/^AP[0-9a-f]{32}$/, 'must be AP and 32 hex digits: the SID of the TwiML App.')
    .optional(),
  TWILIO_API_KEY: z
    .string()
    .trim()
    .regex(
      /^SK[0-9a-f]{32}$/,
      'must be SK and 32 hex digits: the SID of an API key of type Standard, not the Account SID.',
    )
    .optional(),
  TWILIO_API_SECRET: z
    .string()
    .trim()
    .min(16, 'is too short to be the secret of an API key: copy the whole of it.')
    .optional(),
  TWILIO_CALLER_ID: required('Set the number(s) of your account that customers see, such as +20224610000.').transform(
    (text, context) => {
      const parsed = parseCallerIds(text);
      if (typeof parsed !== 'string') return parsed;
      context.addIssue({ code: 'custom', message: parsed });
      return z.NEVER;
    },
  ),
  TWILIO_API_BASE_URL: z
    .string()
    .trim()
    .refine(isBaseUrl, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .transform(withoutTrailingSlash)
    .optional(),
  TWILIO_EDGE: z
    .string()
    .transform(list)
    .pipe(z.array(hostLabel).max(4, 'must be up to four names with commas between, nearest first.'))
    .default([]),
  TWILIO_REGION: hostLabel.optional(),
  PUBLIC_URL: required('Set the https address under which Twilio and the browsers reach this service.')
    .refine(isBaseUrl, { error: 'must be an https:// address (http:// is accepted for localhost only).' })
    .transform(withoutTrailingSlash),
  PUBLIC_URLS: z
    .string()
    .transform(list)
    .refine((urls) => urls.every(isBaseUrl), {
      error: 'must be https:// addresses with commas between (http:// is accepted for localhost only).',
    })
    .transform((urls) => urls.map(withoutTrailingSlash))
    .default([]),
  VOICE_FALLBACK_URL: z
    .string()
    .trim()
    .refine(isHttpsAddress, { error: 'must be an https:// address: of another host of yours, or of a TwiML Bin.' })
    .optional(),
};

/** A region without an edge has no address of its own (Twilio: global infrastructure, FQDNs). */
function edgeProblems(given: Record<string, string | undefined>): string[] {
  if (given['TWILIO_REGION'] === undefined || given['TWILIO_EDGE'] !== undefined) return [];
  return [
    'TWILIO_EDGE is missing. TWILIO_REGION needs it: set the edge that belongs to the region, such as dublin for ie1.',
  ];
}

/** Half a key is a mistake; none is made by the service itself. */
function keyProblems(given: Record<string, string | undefined>): string[] {
  const { TWILIO_API_KEY: key, TWILIO_API_SECRET: secret } = given;
  if (key !== undefined && secret === undefined) {
    return [
      'TWILIO_API_SECRET is missing. It is shown once, when the API key of type Standard is made; if it is lost, make another key and set both.',
    ];
  }
  if (key === undefined && secret !== undefined) {
    return [
      'TWILIO_API_KEY is missing. In the Twilio console, “API keys & tokens”, it is the SID (SK…) of the key that TWILIO_API_SECRET belongs to.',
    ];
  }
  return [];
}

/** What is wrong between settings, each of which may be right alone. */
export function accountProblems(given: Record<string, string | undefined>): string[] {
  return [...edgeProblems(given), ...keyProblems(given)];
}

type AccountEnvironment = z.infer<z.ZodObject<typeof accountShape>>;

function carrierBaseUrl(env: AccountEnvironment): string {
  if (env.TWILIO_API_BASE_URL !== undefined) return env.TWILIO_API_BASE_URL;
  const [edge] = env.TWILIO_EDGE;
  return env.TWILIO_REGION && edge ? `https://api.${edge}.${env.TWILIO_REGION}.twilio.com` : 'https://api.twilio.com';
}

export interface AccountConfig {
  accountSid: string;
  /** Primary first. */
  authTokens: readonly string[];
  /** Undefined: the service finds or makes the TwiML App of this installation. */
  applicationSid: string | undefined;
  /** Undefined, together with the secret: the service makes a key of its own. */
  apiKey: string | undefined;
  apiSecret: string | undefined;
  /** E.164, what customers may be shown; the first unless something else is asked for or expected. */
  callerIds: readonly string[];
  /** What the operator calls them, by number. */
  callerIdLabels: ReadonlyMap<string, CallerId['label']>;
  /** Where REST requests go. Without a trailing slash. */
  carrierBaseUrl: string;
  /** Where calls enter the carrier, nearest first: the next is for when the one before is not to be reached. None: its own choice. */
  edges: readonly string[];
  region: string | undefined;
  /** What the carrier and the browsers are told. Without a trailing slash. */
  publicUrl: string;
  /** All that webhooks may come by, `publicUrl` first. */
  publicUrls: readonly string[];
  /** What callers hear when the addresses of this service fail. Undefined: an address of this service, too. */
  voiceFallbackUrl: string | undefined;
}

export function accountConfig(env: AccountEnvironment): AccountConfig {
  return {
    accountSid: env.TWILIO_ACCOUNT_SID,
    authTokens: env.TWILIO_AUTH_TOKEN,
    applicationSid: env.TWILIO_TWIML_APP_SID,
    apiKey: env.TWILIO_API_KEY,
    apiSecret: env.TWILIO_API_SECRET,
    callerIds: env.TWILIO_CALLER_ID.map(({ number }) => number),
    callerIdLabels: new Map(env.TWILIO_CALLER_ID.map(({ number, label }) => [number, label])),
    carrierBaseUrl: carrierBaseUrl(env),
    edges: env.TWILIO_EDGE,
    region: env.TWILIO_REGION,
    publicUrl: env.PUBLIC_URL,
    publicUrls: [...new Set([env.PUBLIC_URL, ...env.PUBLIC_URLS])],
    voiceFallbackUrl: env.VOICE_FALLBACK_URL,
  };
}
