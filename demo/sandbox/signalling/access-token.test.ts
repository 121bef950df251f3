import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenRefused, verifyAccessToken } from './access-token.ts';
import { ACCOUNT, accessToken, type TokenChanges } from './example-account.ts';

const NOW = Date.now();
const seconds = Math.floor(NOW / 1000);

function refusal(token: string): TokenRefused | undefined {
  try {
    verifyAccessToken(token, ACCOUNT, NOW);
  } catch (error) {
    assert.ok(error instanceof TokenRefused);
    return error;
  }
}

test('a good token says who it is of, what it allows and how long', () => {
  const admission = verifyAccessToken(accessToken({ life: 60 }), ACCOUNT, NOW);
  assert.equal(admission.identity, 'alice');
  assert.equal(admission.applicationSid, `AP${'4'.repeat(32)}`);
  assert.equal(admission.mayReceive, true);
  assert.ok(Math.abs(admission.expiresAt - NOW - 60_000) < 2000);
});

test('grants that are not there are not given', () => {
  const admission = verifyAccessToken(accessToken({ outgoing: false, incoming: false }), ACCOUNT, NOW);
  assert.equal(admission.applicationSid, null);
  assert.equal(admission.mayReceive, false);
  const stranger = accessToken({ outgoing: `AP${'9'.repeat(32)}` });
  assert.equal(verifyAccessToken(stranger, ACCOUNT, NOW).applicationSid, null, 'an app of another account');
});

test('parameters of the outgoing grant are text; what cannot be text is left out', () => {
  const params = { Tenant: 'one', Desk: 7, Nested: { a: 1 }, Nothing: null };
  assert.deepEqual(verifyAccessToken(accessToken({ params }), ACCOUNT, NOW).parameters, { Tenant: 'one', Desk: '7' });
  assert.deepEqual(verifyAccessToken(accessToken(), ACCOUNT, NOW).parameters, {});
});

const INVALID: Record<string, TokenChanges> = {
  'another secret': { secret: 'another' },
  'no such key': { claims: { iss: `SK${'9'.repeat(32)}` } },
  'another account': { claims: { sub: `AC${'9'.repeat(32)}` } },
  'no content type': { header: { cty: undefined } },
  'no signature algorithm': { header: { alg: 'none' } },
  'a longer algorithm': { header: { alg: 'HS512' } },
  'an identity with a dot': { identity: 'a.b' },
  'an identity of 122 characters': { identity: 'a'.repeat(122) },
  'no identity': { claims: { grants: { voice: {} } } },
  'no voice grant': { claims: { grants: { identity: 'alice' } } },
  'no grants': { claims: { grants: null } },
  'no end': { claims: { exp: undefined } },
  'a life of two days': { life: 2 * 86_400 },
  'a life of two days, most of it gone': { claims: { iat: seconds - 2 * 86_400 } },
  'a beginning that is to come': { claims: { nbf: seconds + 60 } },
};

for (const [name, changes] of Object.entries(INVALID)) {
  test(`refused with 20101: ${name}`, () => {
    assert.equal(refusal(accessToken(changes))?.code, 20101);
  });
}

test('an expired token is told from a forged one, and whose it was', () => {
  const expired = refusal(accessToken({ life: -1 }));
  assert.equal(expired?.code, 20104);
  assert.equal(expired?.identity, 'alice');
  const forged = refusal(accessToken({ life: -1, secret: 'another' }));
  assert.equal(forged?.code, 20101);
  assert.equal(forged?.identity, undefined);
});

test('text that is no token is refused, whatever it is', () => {
  const good = accessToken();
  const [header, claims, signature] = good.split('.');
  for (const text of [
    '',
    '.',
    '..',
    'a.b.c',
    'null',
    `${good}.x`,
    `${header}.${claims}`,
    `${header}.bnVsbA.${signature}`,
  ]) {
    assert.equal(refusal(text)?.code, 20101, text);
  }
  for (let at = 0; at < good.length - 1; at += 7) {
    const changed = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
    assert.ok(refusal(changed), `one character changed at ${at}`);
  }
});
