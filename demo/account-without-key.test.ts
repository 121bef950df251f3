/** With Account SID and Auth Token alone, the service makes what it needs at the carrier: the sandbox, over HTTP. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { decodeJwt } from 'jose';
import { parseConfig } from '../service/config.ts';
import type { TokenAnswer } from '../service/contract.ts';
import { createLogger } from '../service/logger.ts';
import { createService, type Service, type ServiceOptions } from '../service/service.ts';
import { crmToken, environment } from '../service/testing/test-service.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';

let sandbox: Sandbox;
let directory: string;
const opened: Service[] = [];
const authToken = 'fedcba9876543210fedcba9876543210';

before(async () => (sandbox = await startSandbox({ authToken })));
after(() => sandbox.close());
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'almasar-account-'))));
afterEach(async () => {
  await Promise.all(opened.splice(0).map((service) => service.close()));
  rmSync(directory, { recursive: true });
});

/** A node of the installation in `directory`, with neither key nor TwiML App. */
async function node(changes: Record<string, string | undefined> = {}, options: ServiceOptions = {}): Promise<Service> {
  const config = parseConfig(
    environment({
      TWILIO_ACCOUNT_SID: sandbox.account.accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      TWILIO_API_KEY: undefined,
      TWILIO_API_SECRET: undefined,
      TWILIO_TWIML_APP_SID: undefined,
      TWILIO_API_BASE_URL: sandbox.url,
      DATABASE_URL: `sqlite:${join(directory, 'calls.db')}`,
      ...changes,
    }),
  );
  const service = await createService(config, options);
  opened.push(service);
  return service;
}

async function token(service: Service): Promise<Response> {
  const headers = { authorization: `Bearer ${await crmToken()}` };
  return service.app.request('/api/calls/token', { method: 'POST', headers });
}

async function issuerOf(answer: Response): Promise<string> {
  assert.equal(answer.status, 200);
  return decodeJwt(((await answer.json()) as TokenAnswer).accessToken).iss!;
}

const ownKeys = () =>
  [...sandbox.account.apiKeys.values()].filter((key) => key.friendlyName.startsWith('almasar-dialer/'));
const ownApps = () =>
  [...sandbox.account.applications.values()].filter((app) => app.friendlyName.startsWith('almasar-dialer/'));

describe('an account without an API key', () => {
  beforeEach(() => {
    for (const { sid } of ownKeys()) sandbox.account.apiKeys.delete(sid);
    for (const { sid } of ownApps()) sandbox.account.applications.delete(sid);
  });

  test('two nodes that want a key at once make one and one TwiML App, and tokens of both are signed with it', async () => {
    const nodes = [await node(), await node()];
    const issuers = await Promise.all(
      nodes.flatMap((each) => [token(each), token(each)]).map(async (each) => issuerOf(await each)),
    );
    assert.equal(ownKeys().length, 1);
    assert.equal(ownApps().length, 1);
    assert.deepEqual(new Set(issuers), new Set([ownKeys()[0]!.sid]));
    const [app] = ownApps();
    assert.match(app!.voiceUrl, /^https:\/\/dialer\.example\.com\/api\/calls\/twiml\/outbound#/);
    assert.match(app!.statusCallback, /^https:\/\/dialer\.example\.com\/api\/calls\/webhook\/status#/);
  });

  test('a restart uses the kept key, and the database does not give its secret away', async () => {
    let log = '';
    const logger = createLogger('info', { destination: { write: (line: string) => (log += line) } });
    const first = await issuerOf(await token(await node({}, { logger })));
    await opened.pop()!.close();
    assert.equal(await issuerOf(await token(await node())), first);
    const database = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'latin1'));
    assert.ok(!database.join('').includes(ownKeys()[0]!.secret));
    assert.ok(!log.includes(ownKeys()[0]!.secret));
    assert.match(log, /an API key was created and is kept encrypted/);
  });

  test('with another auth token the key cannot be opened: a new one is made, the old one deleted', async () => {
    const first = await issuerOf(await token(await node()));
    await opened.pop()!.close();
    const promoted = '00112233445566778899aabbccddeeff';
    Object.assign(sandbox.account, { authToken: promoted });
    try {
      const second = await issuerOf(await token(await node({ TWILIO_AUTH_TOKEN: promoted })));
      assert.notEqual(second, first);
      assert.deepEqual(
        ownKeys().map((key) => key.sid),
        [second],
      );
    } finally {
      Object.assign(sandbox.account, { authToken });
    }
  });

  test('a node that dies between making the key and keeping it leaves one usable key behind the next start', async () => {
    const dying = await node();
    const set = sandbox.account.apiKeys.set.bind(sandbox.account.apiKeys);
    // The carrier has made the key, and its answer never arrives.
    sandbox.account.apiKeys.set = (sid, key) => {
      set(sid, key);
      throw new Error('the connection broke');
    };
    try {
      assert.equal((await token(dying)).status, 502);
    } finally {
      sandbox.account.apiKeys.set = set;
    }
    assert.equal(ownKeys().length, 1);
    const [orphan] = ownKeys();
    const next = await issuerOf(await token(await node()));
    assert.notEqual(next, orphan!.sid);
    assert.deepEqual(
      ownKeys().map((key) => key.sid),
      [next],
    );
  });

  test('an auth token that the carrier refuses is said with the remedies, and not asked again at once', async () => {
    const service = await node({ TWILIO_AUTH_TOKEN: '0'.repeat(32) });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await token(service);
      assert.equal(answer.status, 502);
      const { code, message } = (await answer.json()) as { code: string; message: string };
      assert.equal(code, 'carrier-unreachable');
      assert.match(message, /^Token generation failed: .*TWILIO_AUTH_TOKEN.*TWILIO_API_KEY/s);
    }
    assert.equal(ownKeys().length, 0);
  });

  test('a TwiML App of ours follows PUBLIC_URL; one that was given is only reported', async () => {
    await issuerOf(await token(await node()));
    await opened.pop()!.close();
    const moved = await node({ PUBLIC_URL: 'https://moved.example.com' });
    await moved.checkAccount();
    assert.match(ownApps()[0]!.voiceUrl, /^https:\/\/moved\.example\.com\//);
    assert.match(ownApps()[0]!.voiceFallbackUrl, /^https:\/\/moved\.example\.com\/api\/calls\/twiml\/fallback#/);

    // Somebody took the retries away, and there is another host to fall back on.
    Object.assign(ownApps()[0]!, { voiceUrl: ownApps()[0]!.voiceUrl.replace(/#.*/, '') });
    const second = 'https://second.example.com/sorry.xml';
    const fallingBack = { PUBLIC_URL: 'https://moved.example.com', VOICE_FALLBACK_URL: second };
    await (await node(fallingBack)).checkAccount();
    assert.match(ownApps()[0]!.voiceUrl, /#.*rp=ct,rt,5xx$/);
    assert.equal(ownApps()[0]!.voiceFallbackUrl, second);

    let log = '';
    const logger = createLogger('warn', { destination: { write: (line: string) => (log += line) } });
    const given = [...sandbox.account.applications.values()].find((app) => !ownApps().includes(app))!;
    await (await node({ TWILIO_TWIML_APP_SID: given.sid }, { logger })).checkAccount();
    assert.match(log, /does not fit PUBLIC_URL/);
    assert.match(log, /should be https:\/\/dialer\.example\.com\/api\/calls\/twiml\/outbound/);
    assert.equal(given.voiceUrl, '');
  });
});
