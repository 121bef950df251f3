import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { AppEnv } from '../environment.ts';
import { createLogger } from '../logger.ts';
import { signedWebhook } from './signed-webhook.ts';

const ACCOUNT = `AC${'1'.repeat(32)}`;
const TOKEN = '0123456789abcdef0123456789abcdef';
const PUBLIC_URL = 'https://dialer.example.com';

/** Answers what got past the check; 403 carries the reason. */
function guarded(publicUrl: string | string[] = PUBLIC_URL, authTokens = [TOKEN]) {
  const app = new Hono<AppEnv>();
  const logger = createLogger('silent');
  app.use(async (c, next) => {
    c.set('logger', logger);
    await next();
  });
  app.use(signedWebhook({ authTokens, accountSid: ACCOUNT, publicUrls: [publicUrl].flat() }));
  return app.all('*', (c) => c.json(Object.fromEntries(c.get('webhook'))));
}

function post(app: Hono<AppEnv>, path: string, body: string, signature: string, headers: Record<string, string> = {}) {
  return app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature, ...headers },
    body,
  });
}

const CALL = { CallSid: 'CA1234567890ABCDE', Digits: '1234', To: '+18005551212' };
const VECTORS: [string, Record<string, string>, string][] = [
  ['https://example.com', { ...CALL, Caller: '+14158675310', From: '+14158675310' }, 'L/OH5YylLD5NRKLltdqwSvS0BnU='],
  ['https://mycompany.com', { ...CALL, Caller: '+14158675309', From: '+14158675309' }, 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
];

for (const [host, fields, signature] of VECTORS) {
  test(`the published signature for ${host} is recognised, and only with its own fields`, async () => {
    const app = guarded(host, ['12345']);
    const path = '/myapp.php?foo=1&bar=2';
    const good = await post(app, path, new URLSearchParams(fields).toString(), signature);
    // The published example names no account: past the signature, it is refused for that.
    assert.match(await good.text(), /another account/);
    const bad = await post(app, path, new URLSearchParams({ ...fields, Digits: '1235' }).toString(), signature);
    assert.match(await bad.text(), /signature does not match/);
  });
}

const PATH = '/api/calls/webhook/status?x=1';
const FIELDS = { AccountSid: ACCOUNT, CallSid: `CA${'a'.repeat(32)}`, CallStatus: 'completed', To: '+201001234500' };
const BODY = new URLSearchParams(FIELDS).toString();
const SIGNATURE = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + PATH, FIELDS);

test('no single changed byte of body, path or signature is accepted', async () => {
  const app = guarded();
  assert.equal((await post(app, PATH, BODY, SIGNATURE)).status, 200);
  const change = (text: string, at: number, to: string) =>
    text.slice(0, at % text.length) + to + text.slice((at % text.length) + 1);
  const sameFields = (body: string) =>
    JSON.stringify([...new URLSearchParams(body)]) === JSON.stringify(Object.entries(FIELDS));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('body', 'path', 'signature'),
      fc.nat(200),
      fc.stringMatching(/^[A-Za-z0-9+/]$/),
      async (part, at, letter) => {
        const body = part === 'body' ? change(BODY, at, letter) : BODY;
        const path = part === 'path' ? `/${change(PATH.slice(1), at, letter)}` : PATH;
        const signature = part === 'signature' ? change(SIGNATURE, at, letter) : SIGNATURE;
        fc.pre(!sameFields(body) || path !== PATH || signature !== SIGNATURE);
        assert.equal((await post(app, path, body, signature)).status, 403);
      },
    ),
    { numRuns: 1000 },
  );
});

test('headers do not choose the address that was signed', async () => {
  const app = guarded();
  const spoofed = { host: 'evil.example.com', 'x-forwarded-host': 'evil.example.com', 'x-forwarded-proto': 'http' };
  assert.equal((await post(app, PATH, BODY, SIGNATURE, spoofed)).status, 200);
  const forTheirs = getExpectedTwilioSignature(TOKEN, `https://evil.example.com${PATH}`, FIELDS);
  assert.equal((await post(app, PATH, BODY, forTheirs, spoofed)).status, 403);
});

test('a key that the attacker knows, or none, signs nothing', async () => {
  for (const token of ['', ACCOUNT, TOKEN.slice(0, 31)]) {
    const signature = getExpectedTwilioSignature(token, PUBLIC_URL + PATH, FIELDS);
    assert.equal((await post(guarded(), PATH, BODY, signature)).status, 403);
  }
});

test('without a signature not a byte of the body is read', async () => {
  for (const signature of [undefined, '']) {
    let pulled = 0;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      pulled += 1;
      controller.enqueue(new TextEncoder().encode(BODY));
      controller.close();
    };
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
    if (signature !== undefined) headers.set('x-twilio-signature', signature);
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    const init = { method: 'POST', headers, body, duplex: 'half' as const };
    const answer = await guarded().request(PATH, init);
    assert.equal(answer.status, 403);
    assert.match(await answer.text(), /signature is missing/);
    assert.equal(pulled, 0);
  }
});

test('the account is the one that the handlers see, whatever else was signed', async () => {
  const other = `AC${'2'.repeat(32)}`;
  const signature = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + PATH, { ...FIELDS, AccountSid: [ACCOUNT, other] });
  const theirs = await post(guarded(), PATH, `${BODY}&AccountSid=${other}`, signature);
  assert.equal(theirs.status, 403);
  assert.match(await theirs.text(), /another account/);
  const ours = await post(guarded(), PATH, `AccountSid=${other}&${BODY}`, signature);
  assert.equal(((await ours.json()) as typeof FIELDS).AccountSid, ACCOUNT);
});

test('repeated fields and fields with odd names are signed like any other', async () => {
  const app = guarded();
  const odd = { ...FIELDS, __proto__x: '1', constructor: '2', 'a b': "it's <ا> & \u{1f600}" };
  const signature = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + PATH, odd);
  const answer = await post(app, PATH, new URLSearchParams(odd).toString(), signature);
  assert.deepEqual(await answer.json(), odd);

  const repeated = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + PATH, { ...FIELDS, Digit: ['1', '2'] });
  assert.equal((await post(app, PATH, `${BODY}&Digit=2&Digit=1`, repeated)).status, 200);
  assert.equal((await post(app, PATH, `${BODY}&Digit=2&Digit=3`, repeated)).status, 403);
  assert.equal((await post(app, PATH, `${BODY}&__proto__=1`, SIGNATURE)).status, 403);
});
