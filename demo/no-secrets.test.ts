/** A day's traffic through the program itself, on an account of the sandbox; then every secret is looked for everywhere. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { parseConfig } from '../service/config.ts';
import type { RecordingLink, SessionAnswer, TokenAnswer } from '../service/contract.ts';
import { serviceSecretOf } from '../service/service-secret.ts';
import { startProgram, type Program } from '../service/testing/program.ts';
import { CHILD, crmToken, environment, PARENT, RECORDING } from '../service/testing/test-service.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';

const AUTH_TOKEN = 'fedcba9876543210fedcba9876543210';
const SECONDARY = '00112233445566778899aabbccddeeff';
const METRICS_TOKEN = 'a-token-for-prometheus';
const BUCKET_SECRET = 'the-secret-of-a-bucket-0123456789';

let directory: string;
let sandbox: Sandbox;
let program: Program;
let settings: Record<string, string | undefined>;
const answers: string[] = [];

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-secrets-'));
  sandbox = await startSandbox({ authToken: AUTH_TOKEN });
  settings = environment({
    TWILIO_ACCOUNT_SID: sandbox.account.accountSid,
    TWILIO_AUTH_TOKEN: `${AUTH_TOKEN},${SECONDARY}`,
    TWILIO_API_KEY: undefined,
    TWILIO_API_SECRET: undefined,
    TWILIO_TWIML_APP_SID: undefined,
    TWILIO_API_BASE_URL: sandbox.url,
    LOG_LEVEL: 'debug',
    METRICS_TOKEN,
    DATABASE_URL: 'sqlite:./data/calls.db',
    RECORDING_COPIES: 's3://recordings/almasar',
    // Nobody listens there: copying fails, with all that an error brings along.
    S3_ENDPOINT: 'http://127.0.0.1:9',
    S3_ACCESS_KEY_ID: 'an-id',
    S3_SECRET_ACCESS_KEY: BUCKET_SECRET,
  });
  program = await startProgram(settings, directory);
});
after(async () => {
  program.child.kill('SIGKILL');
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

async function ask(path: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(program.url + path, init);
  const text = await answer.text();
  answers.push(text, JSON.stringify([...answer.headers]));
  return text;
}

function tell(path: string, fields: Record<string, string>, token = AUTH_TOKEN): Promise<string> {
  const all = { AccountSid: settings['TWILIO_ACCOUNT_SID']!, ...fields };
  const signature = getExpectedTwilioSignature(token, settings['PUBLIC_URL']! + path, all);
  return ask(path, { method: 'POST', headers: { 'x-twilio-signature': signature }, body: new URLSearchParams(all) });
}

const encodings = (secret: string) => [
  secret,
  ...(['base64', 'base64url', 'hex'] as const).map((as) => Buffer.from(secret).toString(as).replace(/=+$/, '')),
  encodeURIComponent(secret),
];

test('no secret is in the log, the answers, the database or what browsers load', async () => {
  const bearer = await crmToken();
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const post = (path: string, body: unknown = {}) =>
    ask(`/api/calls${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

  const { accessToken } = JSON.parse(await post('/token')) as TokenAnswer;
  const { token: session } = JSON.parse(await post('/phone/session')) as SessionAnswer;
  const callId = randomUUID();
  await post('', { callId, to: '01001234500', customerName: 'أحمد' });
  await tell('/api/calls/twiml/outbound', { CallSid: PARENT, From: 'client:mona', CallId: callId });
  const child = { CallSid: CHILD, ParentCallSid: PARENT, To: '+201001234500' };
  await tell('/api/calls/webhook/status', { ...child, CallStatus: 'in-progress' }, SECONDARY);
  await tell('/api/calls/webhook/status', { ...child, CallStatus: 'completed' }, '1'.repeat(32));
  await tell('/api/calls/twiml/dial-result', { CallSid: PARENT, DialCallStatus: 'completed', DialCallSid: CHILD });
  const recorded = { CallSid: PARENT, RecordingSid: RECORDING, RecordingStatus: 'completed', RecordingDuration: '7' };
  await tell('/api/calls/webhook/recording', recorded);
  const link = await ask(`/api/calls/${callId}/recordings/${RECORDING}`, { headers });
  const { url } = JSON.parse(link) as RecordingLink;
  await ask(url.slice(settings['PUBLIC_URL']!.length));
  await ask(`${url.slice(settings['PUBLIC_URL']!.length)}0`);
  await post(`/${callId}/hangup`);
  await ask(`/api/calls?search=%2B201001234500&token=${bearer}`, { headers });
  await ask('/api/calls', { headers: { authorization: `Bearer ${bearer.slice(0, -2)}` } });
  await ask('/api/calls', { headers: { authorization: `Basic ${btoa(`mona:${bearer}`)}` } });
  await ask('/api/calls', { method: 'POST', headers, body: bearer });
  await ask(`/api/calls/${bearer}`, { headers });
  await ask('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  await ask('/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}x` } });
  for (const path of [
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/docs',
    '/phone',
    '/nothing',
    '/%',
    '/.env',
    '/data/calls.db',
  ]) {
    await ask(path);
  }
  const ended = new AbortController();
  const stream = await fetch(`${program.url}/api/calls/events`, { headers, signal: ended.signal });
  const { value } = await stream.body!.pipeThrough(new TextDecoderStream()).getReader().read();
  answers.push(value!);
  ended.abort();

  const [key] = [...sandbox.account.apiKeys.values()].filter(({ friendlyName }) => friendlyName.startsWith('almasar'));
  const accountSid = sandbox.account.accountSid;
  const lasting = [
    AUTH_TOKEN,
    SECONDARY,
    key!.secret,
    settings['CRM_JWT_SECRET']!,
    serviceSecretOf(parseConfig(settings)),
    METRICS_TOKEN,
    BUCKET_SECRET,
  ];
  const passing = [accessToken, bearer, session, new URL(url).searchParams.get('signature')!];
  const basic = [`${accountSid}:${AUTH_TOKEN}`, `${key!.sid}:${key!.secret}`];
  assert.ok(lasting.concat(passing).every((secret) => secret.length >= 16));

  program.child.kill('SIGINT');
  assert.equal(await program.ended, 0);
  const log = program.output();
  assert.ok((log.match(/"msg":"request"/g)?.length ?? 0) > 25);
  assert.match(log, /an API key was created and is kept encrypted/);
  const database = readdirSync(join(directory, 'data')).map((name) => join(directory, 'data', name));
  const browser = globSync('dist/{*.js,*.css,chunks/*,phone/*}');
  assert.ok(database.length > 0 && browser.length > 0);
  const read = (paths: string[]) => paths.map((path) => readFileSync(path, 'latin1')).join('\n');

  const places: [string, string, string[]][] = [
    ['log', log, [...lasting, ...passing, ...basic]],
    ['answers', answers.join('\n'), [...lasting, ...basic, bearer]],
    ['database', read(database), [...lasting, ...passing, ...basic]],
    ['bundle', read(browser), [...lasting, ...passing, ...basic]],
  ];
  for (const [place, text, secrets] of places) {
    const found = secrets.flatMap(encodings).filter((secret) => text.includes(secret));
    assert.deepEqual(found, [], `in the ${place}`);
  }
  assert.doesNotMatch(log, /1001234500/);
  for (const path of database) assert.equal(statSync(path).mode & 0o777, 0o600, path);
  assert.equal(statSync(join(directory, 'data')).mode & 0o777, 0o700);
});
