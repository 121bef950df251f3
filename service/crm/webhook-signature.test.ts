import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signWebhook, verifyWebhook } from './webhook-signature.ts';

/** Published in the README: receivers in other languages are held against it. */
const VECTOR = {
  secret: 'almasar-webhook-test-secret-0123456789',
  seconds: 1_767_225_600,
  body: '{"id":"0b6f8a52-6f0e-4f5b-9f33-0d1f6d1f3a10","type":"call.ended","call":{"customer":{"name":"أحمد"}}}',
  header: 't=1767225600,v1=6daa53e8ee16ac918988731c6babc93a857d7a5df494ee64fe6fb14ac08d1a84',
};
const at = (seconds: number) => new Date(seconds * 1000);
const { secret, seconds, body, header } = VECTOR;

test('the published vector', () => {
  assert.equal(signWebhook(body, [secret], at(seconds)), header);
  assert.ok(verifyWebhook(body, header, secret, at(seconds)));
});

test('either secret verifies while they are rotated, and a third does not', () => {
  const both = signWebhook(body, ['n'.repeat(32), secret], at(seconds));
  assert.ok(verifyWebhook(body, both, secret, at(seconds)));
  assert.ok(verifyWebhook(body, both, 'n'.repeat(32), at(seconds)));
  assert.ok(!verifyWebhook(body, both, 'x'.repeat(32), at(seconds)));
});

test('a time that is far, missing or no number is refused', () => {
  assert.ok(verifyWebhook(body, header, secret, at(seconds + 300)));
  assert.ok(!verifyWebhook(body, header, secret, at(seconds + 301)));
  assert.ok(!verifyWebhook(body, header, secret, at(seconds - 301)));
  const mac = header.split(',')[1]!;
  for (const wrong of ['', mac, `t=,${mac}`, `t=now,${mac}`, `t=${seconds}`, `t=${seconds},v0=${mac.slice(3)}`]) {
    assert.ok(!verifyWebhook(body, wrong, secret, at(seconds)), wrong);
  }
});

test('a body or a signature with anything changed is refused', () => {
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (index, character) => {
      const changed = body.slice(0, index) + character + body.slice(index + 1);
      assert.equal(verifyWebhook(changed, header, secret, at(seconds)), changed === body);
    }),
  );
  fc.assert(
    fc.property(fc.nat(63), fc.constantFrom(...'0123456789abcdef'), (index, digit) => {
      const start = header.length - 64 + index;
      const changed = header.slice(0, start) + digit + header.slice(start + 1);
      assert.equal(verifyWebhook(body, changed, secret, at(seconds)), changed === header);
    }),
  );
});
