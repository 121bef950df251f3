import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jwtLife, jwtSubject } from './jwt-claims.ts';

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

test('the subject is read in any script, and is nothing where there is none', () => {
  assert.equal(jwtSubject(jwt({ sub: 'منى' })), 'منى');
  for (const text of ['', 'a.b.c', jwt({ sub: 5 }), jwt({})]) assert.equal(jwtSubject(text), '');
});
