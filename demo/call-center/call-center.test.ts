import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { createCallCenter, type CallCenterOptions } from './call-center.ts';
import { CUSTOMERS } from './customers.ts';

const SANDBOX = { signalUrl: 'ws://127.0.0.1:4100/signal', pageScriptUrl: 'http://127.0.0.1:4101/page.js' };
const OPTIONS: CallCenterOptions = {
  crmJwtSecret: 'a secret of at least thirty-two bytes',
  sandbox: SANDBOX,
  pageScript: 'export {};',
};
const REAL: CallCenterOptions = { ...OPTIONS, sandbox: undefined, realPhones: { pageKey: 'the key' } };
const HOLDER = { headers: { cookie: 'almasar-call-center-key=the%20key' } };

async function pageOf(options: CallCenterOptions, query = '', init: RequestInit = HOLDER) {
  const response = await createCallCenter(options).request(`/call-center${query}`, init);
  return { response, text: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
}

function links(text: string): string[] {
  return [...text.matchAll(/href="tel:([^"]*)"/g)].map(([, number]) => number ?? '');
}

describe('the page', () => {
  it('is Arabic from right to left, and English when asked', async () => {
    const arabic = (await pageOf(OPTIONS)).text;
    const english = (await pageOf(OPTIONS, '?lang=en')).text;
    assert.match(arabic, /<html lang="ar" dir="rtl">/);
    assert.match(arabic, /سجل المكالمات/);
    assert.match(arabic, /<almasar-dialer[^>]*lang="ar"/);
    assert.match(arabic, /<almasar-call-log[^>]*lang="ar"/);
    assert.match(english, /<html lang="en" dir="ltr">/);
    assert.match(english, /Call log/);
    assert.match(english, /<almasar-dialer[^>]*lang="en"/);
  });

  it('has every customer’s number as an ordinary tel: link, as it was written, isolated left to right', async () => {
    const { text } = await pageOf(OPTIONS);
    assert.deepEqual(
      links(text),
      CUSTOMERS.map((customer) => customer.phone),
    );
    for (const { phone, name } of CUSTOMERS) {
      assert(text.includes(`<bdi dir="ltr">${phone}</bdi>`), phone);
      assert(text.includes(name.ar), name.ar);
    }
  });

  it('says that it is the sandbox and who the echo customer is', async () => {
    assert.match((await pageOf(OPTIONS)).text, /عميل الصدى: هتسمع صوتك/);
    assert.match((await pageOf(OPTIONS, '?lang=en')).text, /This is the sandbox.*the echo customer/s);
  });

  it('loads the sandbox’s script before the dialer’s, and runs nothing inline', async () => {
    const { text } = await pageOf(OPTIONS);
    const scripts = [...text.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes ?? '');
    assert.deepEqual(scripts, [
      ` src="${SANDBOX.pageScriptUrl}"`,
      ' type="module" src="/almasar-dialer.js"',
      ' type="module" src="/call-center/page.js"',
      ' type="application/json" id="page-settings"',
    ]);
    assert.doesNotMatch(text, /\sstyle=|<style|\son\w+=/);
  });

  it('has a policy that lets in the sandbox and nobody else', async () => {
    const { policy } = await pageOf(OPTIONS);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self' http:\/\/127\.0\.0\.1:4101;/);
    assert.match(policy, /connect-src 'self' ws:\/\/127\.0\.0\.1:4100;/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|twilio/);
  });

  it('signs the agent in whom the query names', async () => {
    assert.match(
      (await pageOf(OPTIONS, '?agent=karim')).text,
      /auth-endpoint="\/call-center\/auth-token\?agent=karim"/,
    );
    assert.match(
      (await pageOf(OPTIONS, '?agent=nobody')).text,
      /auth-endpoint="\/call-center\/auth-token\?agent=mona"/,
    );
  });
});

describe('the page on a real account', () => {
  it('has no banner, no script of the sandbox, and Twilio in its policy', async () => {
    const { text, policy } = await pageOf(REAL);
    assert.doesNotMatch(text, /127\.0\.0\.1|تجريبية/);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /wss:\/\/voice-js\.roaming\.twilio\.com https:\/\/eventgw\.twilio\.com/);
  });

  it('follows the account’s edge and region', async () => {
    const { policy } = await pageOf({ ...REAL, edges: ['dublin'], region: 'ie1' });
    assert.match(policy, /wss:\/\/voice-js\.dublin\.twilio\.com https:\/\/eventgw\.ie1\.twilio\.com/);
  });

  it('calls no invented number, but one of the visitor’s own', async () => {
    assert.deepEqual(links((await pageOf(REAL)).text), []);
    const { text } = await pageOf(REAL, `?number=${encodeURIComponent('+20 100 765 4321"><script>')}`);
    assert.deepEqual(links(text), ['+20 100 765 4321&quot;&gt;&lt;script&gt;']);
  });

  it('opens with the key of this start only, wherever the request says it comes from', async () => {
    for (const headers of [{ host: 'localhost:3000' }, { cookie: 'almasar-call-center-key=another' }]) {
      for (const query of ['', '?key=', '?key=another']) {
        const page = await pageOf(REAL, query, { headers });
        assert.equal(page.response.status, 403);
        assert.equal(page.response.headers.get('set-cookie'), null);
        assert.match(page.text, /the address that the terminal shows/);
        const token = await createCallCenter(REAL).request(`/call-center/auth-token${query}`, {
          method: 'POST',
          headers,
        });
        assert.equal(token.status, 403);
      }
    }
  });

  it('keeps the key in a cookie that no script and no other site can use', async () => {
    const { response } = await pageOf(REAL, '?key=the%20key', {});
    assert.equal(response.status, 200);
    const [cookie, ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
    assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/call-center', 'SameSite=Strict']);
    const headers = { cookie: cookie ?? '' };
    assert.equal((await pageOf(REAL, '', { headers })).response.status, 200);
    const asked = { method: 'POST', headers };
    assert.equal((await createCallCenter(REAL).request('/call-center/auth-token?agent=mona', asked)).status, 200);
  });

  it('asks for no key on the sandbox', async () => {
    const { response } = await pageOf(OPTIONS, '', { headers: { host: 'x.ngrok.app' } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('set-cookie'), null);
  });
});

describe('POST /call-center/auth-token', () => {
  const ask = (query: string) =>
    createCallCenter(OPTIONS).request(`/call-center/auth-token${query}`, { method: 'POST' });

  it('answers with a token for the agent, which nothing keeps', async () => {
    const response = await ask('?agent=karim');
    const { token } = (await response.json()) as { token: string };
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(decodeJwt(token).sub, 'karim');
  });

  it('knows no strangers', async () => {
    assert.equal((await ask('?agent=nobody')).status, 404);
  });
});

describe('a customer who calls in', () => {
  const ask = (options: CallCenterOptions, init: RequestInit = HOLDER) =>
    createCallCenter(options).request('/call-center/incoming-call?agent=mona', {
      method: 'POST',
      body: JSON.stringify({ from: '+201001234509', farEnd: '00' }),
      ...init,
    });

  it('is placed with number and character, by the sandbox alone', async () => {
    const placed: unknown[] = [];
    const incomingCall = (...call: unknown[]) => {
      placed.push(call);
      return { callSid: 'CA1' };
    };
    const answer = await ask({ ...OPTIONS, incomingCall });
    assert.deepEqual([answer.status, await answer.json()], [201, { callSid: 'CA1' }]);
    assert.deepEqual(placed, [['+201001234509', '00']]);
    assert.equal((await ask(OPTIONS)).status, 404);
    assert.equal((await ask(REAL)).status, 404);
    assert.equal((await ask(REAL, {})).status, 403);
  });
});
