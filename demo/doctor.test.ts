/** `npm run doctor` and `npm run token` as an operator types them, against the sandbox and a running service. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { carrierAddresses } from '../service/carrier/carrier-addresses.ts';
import { parseConfig } from '../service/config.ts';
import { listen, type ListeningServer } from '../service/server.ts';
import { createService, type Service } from '../service/service.ts';
import { environment } from '../service/testing/test-service.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';

const AUTH_TOKEN = 'fedcba9876543210fedcba9876543210';
const NUMBER = '+20224610000';
const LOOPBACK_ONLY = new URL('../scripts/loopback-only.ts', import.meta.url).href;

let directory: string;
let sandbox: Sandbox;
let server: ListeningServer;
let service: Service;
let settings: Record<string, string | undefined>;
let url: string;

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-doctor-'));
  writeFileSync(join(directory, 'notes.db'), 'These are notes. '.repeat(100));
  const front = new Hono();
  server = await listen(front, 0, '127.0.0.1');
  url = `http://localhost:${server.port}`;
  const addresses = carrierAddresses({ publicUrl: url, voiceFallbackUrl: undefined });
  const { outbound, inbound, fallback, status } = addresses;
  sandbox = await startSandbox({
    authToken: AUTH_TOKEN,
    application: {
      voiceUrl: outbound,
      voiceFallbackUrl: fallback,
      statusCallback: status,
    },
    numbers: [
      {
        phoneNumber: NUMBER,
        voiceUrl: inbound,
        voiceFallbackUrl: fallback,
        statusCallback: status,
      },
    ],
  });
  const [key] = sandbox.account.apiKeys.values();
  const [app] = sandbox.account.applications.values();
  settings = environment({
    TWILIO_ACCOUNT_SID: sandbox.account.accountSid,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_API_KEY: key!.sid,
    TWILIO_API_SECRET: key!.secret,
    TWILIO_TWIML_APP_SID: app!.sid,
    TWILIO_CALLER_ID: NUMBER,
    TWILIO_API_BASE_URL: sandbox.url,
    PUBLIC_URL: url,
    DATABASE_URL: `sqlite:${join(directory, 'log', 'calls.db')}`,
  });
  service = await createService(parseConfig(settings));
  front.all('*', (c) => service.app.fetch(c.req.raw, c.env));
});
after(async () => {
  await server.close();
  await service.close();
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

async function run(
  program: 'doctor' | 'token',
  changes: Record<string, string | undefined> = {},
  ...parameters: string[]
): Promise<{ code: number; said: string }> {
  const path = fileURLToPath(new URL(`../service/cli/${program}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', LOOPBACK_ONLY, path, ...parameters], {
    cwd: directory,
    env: { ...settings, ...changes },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('the doctor', () => {
  test('says of each part that it is well, and ends with 0', async () => {
    const { code, said } = await run('doctor');
    assert.equal(code, 0, said);
    const lines = said.trim().split('\n');
    assert.ok(
      lines.every((line) => line.startsWith('ok ')),
      said,
    );
    for (const what of [
      'settings',
      'database',
      'account',
      `number ${NUMBER}`,
      'API key',
      'TwiML App',
      'clock',
      'PUBLIC_URL',
    ]) {
      assert.ok(said.includes(`  ${what}: `), what);
    }
    for (const secret of [AUTH_TOKEN, settings['TWILIO_API_SECRET']!, settings['CRM_JWT_SECRET']!]) {
      assert.ok(!said.includes(secret));
    }
  });

  test('names every setting that is wrong', async () => {
    const { code, said } = await run('doctor', { TWILIO_AUTH_TOKEN: '', PUBLIC_URL: 'dialer' });
    assert.equal(code, 1);
    assert.match(said, /^FAILED {3}settings: TWILIO_AUTH_TOKEN is missing/m);
    assert.match(said, /^FAILED {3}settings: PUBLIC_URL/m);
  });

  const wrong: [string, Record<string, string | undefined>, RegExp][] = [
    ['an auth token', { TWILIO_AUTH_TOKEN: '0'.repeat(32) }, /account: Twilio refused .* \(401.*TWILIO_AUTH_TOKEN/],
    ['an API secret', { TWILIO_API_SECRET: 'x'.repeat(32) }, /API key: Twilio refused it \(401\).*type Standard/],
    ['a TwiML App', { TWILIO_TWIML_APP_SID: `AP${'9'.repeat(32)}` }, /TwiML App: Twilio has none with the SID AP9/],
    ['a caller ID', { TWILIO_CALLER_ID: `${NUMBER},+20224619999` }, /caller ID \+20224619999: It is no number/],
    ['a carrier', { TWILIO_API_BASE_URL: 'http://127.0.0.1:9' }, /account: http:\/\/127\.0\.0\.1:9 cannot be reached/],
    ['a PUBLIC_URL', { PUBLIC_URL: 'http://127.0.0.1:2' }, /PUBLIC_URL: .* cannot be reached from here \(.+\)/],
    [
      'a database',
      { DATABASE_URL: 'sqlite:./notes.db' },
      /database: \.\/notes\.db cannot be used \(file is not a database\)/,
    ],
  ];
  for (const [what, changes, remedy] of wrong) {
    test(`finds ${what} that is wrong, and says what to do`, async () => {
      const { code, said } = await run('doctor', changes);
      assert.equal(code, 1, said);
      assert.match(said, new RegExp(`^FAILED {3}${remedy.source}`, 'm'));
    });
  }

  test('finds that something else answers at PUBLIC_URL, and a path that a proxy changes', async () => {
    const other = new Hono().get('*', (c) => c.text('Welcome to nginx!'));
    const elsewhere = await listen(other, 0, '127.0.0.1');
    const { said } = await run('doctor', { PUBLIC_URL: `http://localhost:${elsewhere.port}` });
    assert.match(said, /^FAILED {3}PUBLIC_URL: .* not as this service/m);
    await elsewhere.close();

    const proxied = new Hono().all('/prefix/*', (c) => {
      const there = new URL(c.req.url);
      there.pathname = there.pathname.slice('/prefix'.length);
      return service.app.fetch(new Request(there, c.req.raw));
    });
    const proxy = await listen(proxied, 0, '127.0.0.1');
    const { code, said: unsigned } = await run('doctor', { PUBLIC_URL: `http://localhost:${proxy.port}/prefix` });
    assert.equal(code, 1);
    assert.match(unsigned, /^FAILED {3}PUBLIC_URL: .* does not believe Twilio's signatures \(403 signature-invalid\)/m);
    await proxy.close();
  });

  test('a number whose calls come here needs the status callback; one that goes elsewhere is only mentioned', async () => {
    const number = sandbox.account.numbers.get(NUMBER)!;
    const given = { ...number };
    Object.assign(number, { statusCallback: '' });
    const { code, said } = await run('doctor');
    assert.equal(code, 1);
    assert.match(
      said,
      /^FAILED {3}number \+20224610000: .*“Call status changes” = http.*\/api\/calls\/webhook\/status/m,
    );

    Object.assign(number, { voiceUrl: 'https://elsewhere.example/voice' });
    const elsewhere = await run('doctor');
    assert.equal(elsewhere.code, 0, elsewhere.said);
    assert.match(elsewhere.said, /^warning {2}number .*do not reach the agents.*elsewhere\.example/m);
    Object.assign(number, given);
  });

  test('addresses of a number that Twilio asks only once, and that have no other to fall back on', async () => {
    const number = sandbox.account.numbers.get(NUMBER)!;
    const given = { ...number };
    for (const [field, said] of [
      ['voiceUrl', /“A call comes in” = http\S+\/twiml\/inbound#ct=\d+&rt=\d+&rc=1&rp=ct,rt,5xx /],
      ['statusCallback', /“Call status changes” = http\S+\/webhook\/status#ct=\d+&rt=\d+&rc=3&rp=ct,rt,5xx /],
    ] as const) {
      Object.assign(number, { [field]: given[field].replace(/#.*/, '') });
      const { code, said: all } = await run('doctor');
      assert.equal(code, 0, all);
      assert.match(all, new RegExp(`^warning {2}number .*${said.source}`, 'm'));
      // Another number of tries is the operator's own choice.
      Object.assign(number, { [field]: given[field].replace(/rc=\d/, 'rc=2') });
      assert.match((await run('doctor')).said, /^ok {7}number/m);
      Object.assign(number, given);
    }
    Object.assign(number, { voiceFallbackUrl: '' });
    assert.match(
      (await run('doctor')).said,
      /^warning {2}number .*“Primary handler fails” = http\S+\/twiml\/fallback#/m,
    );
    Object.assign(number, { voiceFallbackUrl: 'https://handler.twilio.com/twiml/EH1' });
    const changes = { VOICE_FALLBACK_URL: 'https://handler.twilio.com/twiml/EH1' };
    assert.match((await run('doctor', changes)).said, /^ok {7}number/m);
    Object.assign(number, given, { voiceMethod: 'GET' });
    assert.match((await run('doctor')).said, /^FAILED {3}number .*it asks by GET/m);
    Object.assign(number, given);
  });

  test('calls that nobody answers are sent to a number of the account itself', async () => {
    const second = { ...sandbox.account.numbers.get(NUMBER)!, phoneNumber: '+20224610001' };
    sandbox.account.numbers.set(second.phoneNumber, second);
    const { code, said } = await run('doctor', { INBOUND_FALLBACK_NUMBER: second.phoneNumber });
    sandbox.account.numbers.delete(second.phoneNumber);
    assert.equal(code, 1);
    assert.match(said, /^FAILED {3}fallback number \+20224610001: .*INBOUND_FALLBACK_NUMBER/m);
  });

  test('a TwiML App that Twilio asks only once, or that has no other address to fall back on', async () => {
    const [app] = sandbox.account.applications.values();
    const given = { ...app! };
    Object.assign(app!, { voiceUrl: given.voiceUrl.replace(/#.*/, '') });
    const once = await run('doctor');
    assert.equal(once.code, 0, once.said);
    assert.match(once.said, /^warning {2}TwiML App: its Voice Request URL asks for no second try .*#ct=/m);
    Object.assign(app!, given, { voiceFallbackUrl: '' });
    assert.match((await run('doctor')).said, /^warning {2}TwiML App: its Voice Fallback URL is empty/m);
    Object.assign(app!, given);
  });

  test('a TwiML App that points elsewhere', async () => {
    const [app] = sandbox.account.applications.values();
    const { voiceUrl } = app!;
    Object.assign(app!, { voiceUrl: 'https://old.example.com/api/calls/twiml/outbound' });
    const { code, said } = await run('doctor');
    assert.equal(code, 1);
    assert.match(said, /^FAILED {3}TwiML App: its Voice Request URL is https:\/\/old\.example\.com/m);
    Object.assign(app!, { voiceUrl });
  });

  test('of a first start without key and app it says that they will be made, and makes nothing', async () => {
    const { code, said } = await run('doctor', {
      TWILIO_API_KEY: undefined,
      TWILIO_API_SECRET: undefined,
      TWILIO_TWIML_APP_SID: undefined,
      DATABASE_URL: 'sqlite:./fresh/calls.db',
    });
    assert.equal(code, 0, said);
    assert.match(said, /API key: None is set: the service makes one/);
    assert.match(said, /TwiML App: None is set/);
    assert.ok(!readdirSync(directory).includes('fresh'));
    assert.equal(sandbox.account.apiKeys.size, 1);
  });
});

describe('a token to try the API', () => {
  test('is believed by the service, for whom it was asked', async () => {
    const { code, said } = await run('token', {}, '--sub', 'mona', '--name', 'منى', '--role', 'supervisor');
    assert.equal(code, 0, said);
    const answer = await fetch(`${url}/api/calls/settings`, { headers: { authorization: `Bearer ${said.trim()}` } });
    const { agent, role } = (await answer.json()) as { agent: unknown; role: string };
    assert.deepEqual([agent, role], [{ id: 'mona', name: 'منى' }, 'supervisor']);
  });

  test('is refused without a name, with a role that there is not, and where the CRM has keys of its own', async () => {
    for (const parameters of [[], ['--role', 'agent'], ['--sub', 'mona', '--role', 'king'], ['--sup', 'mona']]) {
      const { code, said } = await run('token', {}, ...parameters);
      assert.equal(code, 1);
      assert.match(said, /Say for whom: npm run --silent token -- --sub mona/);
    }
    const jwks = { AUTH_MODE: 'jwks', CRM_JWKS_URL: 'http://localhost:1/keys', CRM_JWT_SECRET: undefined };
    const { code, said } = await run('token', jwks, '--sub', 'mona');
    assert.equal(code, 1);
    assert.match(said, /AUTH_MODE is jwks/);
  });
});
