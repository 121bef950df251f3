import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { announce } from './announce.ts';
import { DemoError, startDemo, type Demo } from './start-demo.ts';

const directory = mkdtempSync(join(tmpdir(), 'almasar-demo-'));
const ENVIRONMENT = { PORT: '0', DATABASE_URL: `sqlite:${join(directory, 'demo.db')}` };

describe('startDemo', () => {
  let demo: Demo;
  after(async () => {
    await demo.close();
    rmSync(directory, { recursive: true });
  });

  it('serves page, service and sandbox on ports of its own', async () => {
    demo = await startDemo(ENVIRONMENT);
    const page = await fetch(`${demo.url}/`);
    assert.equal(page.url, `${demo.url}/call-center`);
    assert(demo.sandbox);
    assert((await page.text()).includes(demo.sandbox.pageScriptUrl));
    assert.equal((await fetch(demo.sandbox.pageScriptUrl)).status, 200);
    const phone = await fetch(`${demo.url}/phone`);
    assert((await phone.text()).includes(demo.sandbox.pageScriptUrl));
    const policy = phone.headers.get('content-security-policy') ?? '';
    assert(policy.includes(new URL(demo.sandbox.signalUrl).origin));
    for (const path of ['/healthz', '/almasar-dialer.js', '/call-center/page.js', '/call-center/style.css']) {
      assert.equal((await fetch(demo.url + path)).status, 200, path);
    }
  });

  it('signs tokens that its service takes, and only those', async () => {
    const answer = await fetch(`${demo.url}/call-center/auth-token?agent=mona`, { method: 'POST' });
    const { token } = (await answer.json()) as { token: string };
    const calls = await fetch(`${demo.url}/api/calls`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(calls.status, 200);
    assert.equal((await fetch(`${demo.url}/api/calls`)).status, 401);
  });

  it('tells the terminal the address, the far ends and nothing secret', () => {
    const text = announce(demo);
    assert(text.includes(`${demo.url}/call-center`));
    assert.match(text, /sandbox/);
    assert.match(text, /…09 /);
    const { authTokens, apiSecret, crmJwtSecret } = demo.plan.config;
    for (const secret of [...authTokens, apiSecret!, crmJwtSecret]) assert(!text.includes(secret));
  });

  it('opens its page on a real account with the address in the terminal only', async () => {
    const real = await startDemo({
      PORT: '0',
      DATABASE_URL: `sqlite:${join(directory, 'real.db')}`,
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: '2'.repeat(32),
      TWILIO_TWIML_APP_SID: `AP${'3'.repeat(32)}`,
      TWILIO_API_KEY: `SK${'4'.repeat(32)}`,
      TWILIO_API_SECRET: '5'.repeat(32),
      TWILIO_CALLER_ID: '+20224610000',
      PUBLIC_URL: 'https://calls.example.com',
    });
    try {
      const [address] = announce(real).match(/http:\S+\/call-center\?key=[\w-]{22}(?=\s)/) ?? [];
      assert.equal(address, real.pageUrl);
      assert.equal((await fetch(real.pageUrl)).status, 200);
      assert.equal((await fetch(`${real.url}/call-center`)).status, 403);
      const token = await fetch(`${real.url}/call-center/auth-token?agent=mona`, { method: 'POST' });
      assert.equal(token.status, 403);
    } finally {
      await real.close();
    }
  });

  it('says when the port is taken', async () => {
    const taken = new URL(demo.url).port;
    await assert.rejects(startDemo({ ...ENVIRONMENT, PORT: taken }), (error) => {
      assert(error instanceof DemoError);
      return error.message.startsWith(`Port ${taken} is in use`);
    });
  });

  it('says when the database cannot be opened', async () => {
    const file = join(directory, 'no-database');
    writeFileSync(file, 'not SQLite at all, whatever its name');
    await assert.rejects(startDemo({ ...ENVIRONMENT, DATABASE_URL: `sqlite:${file}` }), DemoError);
  });

  it('frees everything when it closes, with a stream open', async () => {
    const other = await startDemo({ ...ENVIRONMENT, DATABASE_URL: `sqlite:${join(directory, 'other.db')}` });
    const answer = await fetch(`${other.url}/call-center/auth-token`, { method: 'POST' });
    const { token } = (await answer.json()) as { token: string };
    const stream = await fetch(`${other.url}/api/calls/events`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(stream.status, 200);
    const start = performance.now();
    await other.close();
    assert(performance.now() - start < 2000);
    await stream.text();
    await assert.rejects(fetch(`${other.url}/healthz`));
  });
});
