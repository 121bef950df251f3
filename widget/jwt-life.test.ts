import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jwtLife } from './jwt-life.ts';

function jwt(claims: object): string {
  return ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

test('is the time between issue and expiry', () => {
  assert.equal(jwtLife(jwt({ iat: 1000, exp: 1600, name: 'منى؟؟>>' })), 600_000);
});

test('is null for what is not a JWT or does not say', () => {
  for (const text of ['', 'secret', 'a.b.c', jwt({ exp: 5 }), jwt({ iat: 'x', exp: 5 })])
    assert.equal(jwtLife(text), null);
});
