import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { createSignatureCheck } from './signature.ts';

const TOKEN = '0123456789abcdef0123456789abcdef';
const OTHER_TOKEN = 'fedcba9876543210fedcba9876543210';
const PUBLIC_URL = 'https://dialer.example.com';

const TARGET = '/api/calls/twiml/inbound-result?after=agents';
const FIELDS = {
  AccountSid: `AC${'1'.repeat(32)}`,
  CallSid: `CA${'a'.repeat(32)}`,
  DialCallStatus: 'completed',
  DialCallDuration: '21',
  From: '+201001234500',
  To: '+20224610000',
};
const SIGNATURE = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + TARGET, FIELDS);

function check(publicUrls = [PUBLIC_URL], authTokens = [TOKEN]) {
  return createSignatureCheck({ authTokens, publicUrls });
}

function signed(url: string, fields: Record<string, string> = FIELDS, token = TOKEN): string {
  return getExpectedTwilioSignature(token, url, fields);
}

const CALL = { CallSid: 'CA1234567890ABCDE', Digits: '1234', To: '+18005551212' };
const VECTORS: [string, string, Record<string, string>, string][] = [
  [
    'https://example.com',
    '/myapp.php?foo=1&bar=2',
    { ...CALL, Caller: '+14158675310', From: '+14158675310' },
    'L/OH5YylLD5NRKLltdqwSvS0BnU=',
  ],
  [
    'https://mycompany.com',
    '/myapp.php?foo=1&bar=2',
    { ...CALL, Caller: '+14158675309', From: '+14158675309' },
    'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  ],
  [
    'https://mycompany.com',
    '/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
    {},
    'a9nBmqA0ju/hNViExpshrM61xv4=',
  ],
];

for (const [publicUrl, target, fields, signature] of VECTORS) {
  test(`published signature ${signature}`, () => {
    const isSigned = check([publicUrl], ['12345']);
    assert.ok(isSigned(signature, target, new URLSearchParams(fields)));
    assert.ok(!isSigned(signature, target, new URLSearchParams({ ...fields, Digits: '1235' })));
    assert.ok(!isSigned(signature, `${target}1`, new URLSearchParams(fields)));
  });
}

/** What a webhook is made of, and one thing in it made otherwise. */
interface Webhook {
  signature: string;
  target: string;
  fields: [string, string][];
}

const GENUINE: Webhook = { signature: SIGNATURE, target: TARGET, fields: Object.entries(FIELDS) };

/** What the signature covers; two webhooks with the same are the same to the carrier. */
function covered({ signature, target, fields }: Webhook): string {
  const unique = [...new Set(fields.map((field) => JSON.stringify(field)))].sort();
  return JSON.stringify([signature, target, unique]);
}

function withBit(text: string, at: number, bit: number): string {
  const bytes = Buffer.from(text);
  bytes[at % bytes.length]! ^= 1 << bit;
  // A path holds no control characters, and a form any.
  return bytes.toString('latin1');
}

const mutations: fc.Arbitrary<(webhook: Webhook) => Webhook> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.nat(7))
    .map(([at, bit]) => (webhook: Webhook) => ({ ...webhook, signature: withBit(webhook.signature, at, bit) })),
  fc.tuple(fc.nat(), fc.nat(7)).map(([at, bit]) => (webhook: Webhook) => ({
    ...webhook,
    target: `/${withBit(webhook.target.slice(1), at, bit)}`,
  })),
  fc.tuple(fc.nat(), fc.nat(1), fc.nat(), fc.nat(7)).map(([index, part, at, bit]) => (webhook: Webhook) => ({
    ...webhook,
    fields: webhook.fields.map(([name, value], each): [string, string] => {
      if (each !== index % webhook.fields.length) return [name, value];
      return part === 0 ? [withBit(name, at, bit), value] : [name, withBit(value, at, bit)];
    }),
  })),
  fc.nat().map((index) => (webhook: Webhook) => ({
    ...webhook,
    fields: webhook.fields.filter((_, each) => each !== index % webhook.fields.length),
  })),
  fc.tuple(fc.string(), fc.string({ minLength: 1 })).map(([name, value]) => (webhook: Webhook) => ({
    ...webhook,
    fields: [...webhook.fields, [name, value] as [string, string]],
  })),
  // The same name again, with another value.
  fc.tuple(fc.nat(), fc.string({ minLength: 1 })).map(([index, value]) => (webhook: Webhook) => ({
    ...webhook,
    fields: [...webhook.fields, [webhook.fields[index % webhook.fields.length]![0], value] as [string, string]],
  })),
  fc
    .base64String({ minLength: 28, maxLength: 28 })
    .map((signature) => (webhook: Webhook) => ({ ...webhook, signature })),
  fc
    .constantFrom('', ' ', SIGNATURE.toLowerCase(), `${SIGNATURE} `, `${SIGNATURE}=`)
    .map((signature) => (webhook: Webhook) => ({ ...webhook, signature })),
  // Signed by somebody who has no token of the account.
  fc.constantFrom('', OTHER_TOKEN, TOKEN.slice(1), FIELDS.AccountSid).map((token) => (webhook: Webhook) => ({
    ...webhook,
    signature: getExpectedTwilioSignature(token, PUBLIC_URL + webhook.target, Object.fromEntries(webhook.fields)),
  })),
);

/** Moves text over a border that the signature does not see (it joins name and value without one). */
function joined({ target, fields }: Webhook): string {
  const byName = [...new Set(fields.map(([name]) => name))].sort();
  const valuesOf = (name: string) => [...new Set(fields.filter(([each]) => each === name).map(([, value]) => value))];
  return (
    PUBLIC_URL +
    target +
    byName
      .flatMap((name) =>
        valuesOf(name)
          .sort()
          .map((value) => name + value),
      )
      .join('')
  );
}

test('100,000 mutations of a signed webhook: none is accepted', () => {
  const isSigned = check();
  const isAccepted = ({ signature, target, fields }: Webhook) =>
    isSigned(signature, target, new URLSearchParams(fields));
  assert.ok(isAccepted(GENUINE));
  let tried = 0;
  let accepted = 0;
  fc.assert(
    fc.property(fc.array(mutations, { minLength: 1, maxLength: 3 }), (changes) => {
      const forged = changes.reduce((webhook, change) => change(webhook), GENUINE);
      // Undone by a second change, or the very text that was signed: no forgery.
      if (
        covered(forged) === covered(GENUINE) ||
        (forged.signature === SIGNATURE && joined(forged) === joined(GENUINE))
      )
        return;
      tried += 1;
      if (isAccepted(forged)) accepted += 1;
    }),
    { numRuns: 102_000, seed: 4 },
  );
  assert.ok(tried >= 100_000, `${tried} tried`);
  assert.equal(accepted, 0);
});

test('order of the fields says nothing, and a field of two values is signed with both', () => {
  const backwards = new URLSearchParams(Object.entries(FIELDS).toReversed());
  assert.ok(check()(SIGNATURE, TARGET, backwards));
  const both = getExpectedTwilioSignature(TOKEN, PUBLIC_URL + TARGET, { ...FIELDS, Digit: ['1', '2'] });
  assert.ok(check()(both, TARGET, new URLSearchParams([...Object.entries(FIELDS), ['Digit', '2'], ['Digit', '1']])));
  assert.ok(!check()(both, TARGET, new URLSearchParams({ ...FIELDS, Digit: '1' })));
});

test('with and without the port, over https; another scheme or host never', () => {
  const form = new URLSearchParams(FIELDS);
  for (const publicUrl of ['https://dialer.example.com:8443', 'https://dialer.example.com']) {
    assert.ok(check([publicUrl])(SIGNATURE, TARGET, form), publicUrl);
  }
  assert.ok(
    check(['https://dialer.example.com:8443'])(signed(`https://dialer.example.com:8443${TARGET}`), TARGET, form),
  );
  assert.ok(check(['https://dialer.example.com'])(signed(`https://dialer.example.com:443${TARGET}`), TARGET, form));
  for (const url of [
    'http://dialer.example.com',
    'https://dialer.example.com.evil.net',
    'https://x@dialer.example.com',
  ]) {
    assert.ok(!check()(signed(url + TARGET), TARGET, form), url);
  }
});

test('every address of PUBLIC_URLS is accepted, with its path, and no other', () => {
  const isSigned = check([PUBLIC_URL, 'https://old.example.com/dialer']);
  const form = new URLSearchParams(FIELDS);
  assert.ok(isSigned(SIGNATURE, TARGET, form));
  assert.ok(isSigned(signed(`https://old.example.com/dialer${TARGET}`), TARGET, form));
  assert.ok(!isSigned(signed(`https://old.example.com${TARGET}`), TARGET, form));
  assert.ok(!check()(signed(`https://old.example.com/dialer${TARGET}`), TARGET, form));
});

test('a question mark with nothing behind it may have been signed or not', () => {
  const form = new URLSearchParams(FIELDS);
  const path = '/api/calls/webhook/status';
  assert.ok(check()(signed(`${PUBLIC_URL}${path}?`), `${path}?`, form));
  assert.ok(check()(signed(PUBLIC_URL + path), `${path}?`, form));
  assert.ok(!check()(signed(`${PUBLIC_URL}${path}/`), path, form));
});

test('rotation: both tokens sign while both are configured; one that is taken out stops at once', () => {
  const form = new URLSearchParams(FIELDS);
  const byNew = signed(PUBLIC_URL + TARGET, FIELDS, OTHER_TOKEN);
  const both = check([PUBLIC_URL], [OTHER_TOKEN, TOKEN]);
  assert.deepEqual([both(SIGNATURE, TARGET, form), both(byNew, TARGET, form)], [true, true]);
  const after = check([PUBLIC_URL], [OTHER_TOKEN]);
  assert.deepEqual([after(SIGNATURE, TARGET, form), after(byNew, TARGET, form)], [false, true]);
});

test('an empty token accepts nothing, not even what was signed with it', () => {
  const byNobody = signed(PUBLIC_URL + TARGET, FIELDS, '');
  assert.ok(!check([PUBLIC_URL], [''])(byNobody, TARGET, new URLSearchParams(FIELDS)));
  assert.ok(!check([PUBLIC_URL], [])(byNobody, TARGET, new URLSearchParams(FIELDS)));
});

test('an address that is none refuses, and throws nothing', () => {
  assert.ok(!check(['nowhere'])(SIGNATURE, TARGET, new URLSearchParams(FIELDS)));
});
