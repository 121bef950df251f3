import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { parseConfig, type Config } from '../config.ts';
import { createService, type Service, type ServiceOptions } from '../service.ts';
import { createPostgresDatabase, type TestDatabase } from './postgres.ts';

export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
export const SECRET = 'a secret of the CRM that is long enough';
const hex = (digit: string) => digit.repeat(32);

const NO_LIMITS = {
  CALLS_AT_ONCE_AGENT: '1000000',
  CALLS_AT_ONCE: '1000000',
  CALLS_PER_MINUTE_AGENT: '1000000',
  CALLS_PER_HOUR_AGENT: '1000000',
  CALLS_PER_DAY_AGENT: '1000000',
  CALLS_PER_HOUR_NUMBER: '1000000',
};

/** A complete configuration; each test says what it wants different. */
export function environment(changes: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  return {
    TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_TWIML_APP_SID: `AP${hex('2')}`,
    TWILIO_API_KEY: `SK${hex('3')}`,
    TWILIO_API_SECRET: 'the secret of the API key',
    TWILIO_CALLER_ID: '+20224610000',
    PUBLIC_URL: 'https://dialer.example.com',
    AUTH_MODE: 'jwt',
    CRM_JWT_SECRET: SECRET,
    LOG_LEVEL: 'silent',
    // Tests call one number often, and leave calls open: what is about limits says which.
    ...NO_LIMITS,
    ...changes,
  };
}

export interface TestService extends Service {
  config: Config;
  directory: string;
  /** As an agent's browser. */
  asAgent(path: string, options?: AgentRequest): Promise<Response>;
  /** As the carrier, signed. `tamper` changes the body after it was signed. */
  asCarrier(path: string, fields: Record<string, string>, tamper?: (body: string) => string): Promise<Response>;
  remove(): Promise<void>;
}

export interface AgentRequest {
  sub?: string;
  role?: string;
  /** Instead of a CRM's token for `sub`. */
  bearer?: string;
  method?: string;
  body?: unknown;
  /** Of an event stream: the last id that was heard. */
  lastEventId?: string;
}

export interface TokenClaims {
  sub?: string;
  name?: string;
  role?: string;
  callerIds?: readonly string[];
  aud?: string;
  secret?: string;
  issuedAt?: number;
  expiresAt?: number;
}

/** A JWT as the CRM's back end signs it. Times are seconds since the epoch. */
export function crmToken(claims: TokenClaims = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { name = 'Mona', role, callerIds } = claims;
  return new SignJWT({ name, ...(role && { role }), ...(callerIds && { callerIds }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(claims.sub ?? 'mona')
    .setAudience(claims.aud ?? 'almasar-dialer')
    .setIssuedAt(claims.issuedAt ?? now)
    .setExpirationTime(claims.expiresAt ?? now + 300)
    .sign(new TextEncoder().encode(claims.secret ?? SECRET));
}

/** A database of its own on the engine under test: SQLite, unless TEST_ENGINE says `postgres`. */
async function testDatabase(directory: string): Promise<TestDatabase> {
  if (process.env['TEST_ENGINE'] === 'postgres') return createPostgresDatabase();
  return { url: `sqlite:${join(directory, 'calls.db')}`, drop: () => Promise.resolve() };
}

/** The real service on a database of its own, or on the one that DATABASE_URL names. */
export async function startTestService(
  changes: Record<string, string | undefined> = {},
  options: ServiceOptions = {},
): Promise<TestService> {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-service-'));
  const database = changes['DATABASE_URL'] === undefined ? await testDatabase(directory) : undefined;
  const config = parseConfig(environment({ ...(database && { DATABASE_URL: database.url }), ...changes }));
  // Unless a test says otherwise, the carrier cannot be asked for the account's numbers.
  const accountNumbers = { known: () => Promise.resolve(undefined) };
  const service = await createService(config, { accountNumbers, ...options });
  return {
    ...service,
    config,
    directory,
    async asAgent(path, { sub, role, bearer, method = 'GET', body, lastEventId } = {}) {
      const headers = new Headers({
        authorization: `Bearer ${bearer ?? (await crmToken({ ...(sub && { sub }), ...(role && { role }) }))}`,
      });
      if (lastEventId !== undefined) headers.set('last-event-id', lastEventId);
      if (body !== undefined) headers.set('content-type', 'application/json');
      return service.app.request(path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    async asCarrier(path, fields, tamper = (body) => body) {
      const all: Record<string, string> = { AccountSid: config.accountSid, ...fields };
      const signature = getExpectedTwilioSignature(config.authTokens[0]!, config.publicUrl + path, all);
      return service.app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
        body: tamper(new URLSearchParams(all).toString()),
      });
    },
    async remove() {
      await service.close();
      await database?.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export const PARENT = `CA${hex('a')}`;
export const CHILD = `CA${hex('b')}`;
export const RECORDING = `RE${hex('c')}`;

/** Dials as an agent and lets the carrier fetch the TwiML: a conversation of which nothing else is known. */
export async function placeCall(service: TestService, callSid = PARENT): Promise<{ callId: string; twiml: string }> {
  const callId = randomUUID();
  const body = { callId, to: '010 0123 4500', customerName: 'أحمد' };
  const intent = await service.asAgent('/api/calls', { method: 'POST', body });
  if (intent.status !== 201) throw new Error(`dial intent refused: ${await intent.text()}`);
  const fields = { CallSid: callSid, From: 'client:mona', CallId: callId, Direction: 'inbound', To: '' };
  const twiml = await service.asCarrier('/api/calls/twiml/outbound', fields);
  return { callId, twiml: await twiml.text() };
}
