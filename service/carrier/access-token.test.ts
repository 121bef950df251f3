import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import AccessToken from 'twilio/lib/jwt/AccessToken.js';
import { identityOf } from '../calls/identity.ts';
import type { Agent } from '../calls/ports.ts';
import { createAccessTokenMint } from './access-token.ts';

const hex = (digit: string) => digit.repeat(32);
const keys = { apiKey: `SK${hex('3')}`, apiSecret: 'the secret of the API key', applicationSid: `AP${hex('2')}` };
const accountSid = `AC${hex('1')}`;
const now = new Date();

function mintFor(region: string | undefined, tokenLifeSeconds = 3600) {
  const edges = region ? ['dublin', 'frankfurt'] : [];
  const options = { accountSid, keys: () => Promise.resolve(keys), edges, region, tokenLifeSeconds };
  return createAccessTokenMint({ ...options, clock: () => now });
}

function agent(id: string): Agent {
  return { id, name: null, identity: identityOf(id), role: 'agent' };
}

for (const region of [undefined, 'ie1']) {
  test(`a token says what Twilio's own library says, region ${region}, but for its jti`, async () => {
    const ours = await mintFor(region)(agent('mona'));
    const theirs = new AccessToken(accountSid, keys.apiKey, keys.apiSecret, {
      identity: 'mona',
      ttl: 3600,
      ...(region && { region }),
    });
    theirs.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: keys.applicationSid, incomingAllow: true }));
    const jwt = theirs.toJwt();
    assert.deepEqual(decodeProtectedHeader(ours.accessToken), decodeProtectedHeader(jwt));
    const of = (token: string) => ({ ...decodeJwt(token), jti: 0, iat: 0, exp: 0 });
    assert.deepEqual(of(ours.accessToken), of(jwt));
    const { payload } = await jwtVerify(ours.accessToken, new TextEncoder().encode(keys.apiSecret), {
      algorithms: ['HS256'],
    });
    assert.equal(payload.iss, keys.apiKey);
    assert.deepEqual(Object.keys(payload['grants'] as object), ['identity', 'voice']);
    assert.equal(ours.region, region);
    assert.deepEqual([ours.edge, ours.edges], region ? ['dublin', ['dublin', 'frankfurt']] : [undefined, undefined]);
  });
}

test('it lives as long as it is set to, and no two are the same', async () => {
  const mint = mintFor(undefined, 600);
  const tokens = await Promise.all(Array.from({ length: 1000 }, () => mint(agent('mona'))));
  assert.equal(new Set(tokens.map(({ accessToken }) => decodeJwt(accessToken).jti)).size, 1000);
  for (const { accessToken, expiresAt } of tokens) {
    const { iat, exp } = decodeJwt(accessToken);
    assert.equal(exp! - iat!, 600);
    assert.equal(Date.parse(expiresAt), exp! * 1000);
  }
});

test('100,000 users by chance have 100,000 identities that Twilio takes', async () => {
  const mint = mintFor(undefined);
  const alphabet = [...'abcAB019._-_2e@ /%+ ', 'م', 'ن', 'ى', '١', '😀'];
  const users = new Set<string>();
  while (users.size < 100_000) {
    const letters = randomBytes(4 + (randomBytes(1)[0]! % 8));
    users.add([...letters].map((byte) => alphabet[byte % alphabet.length]).join(''));
  }
  const identities = new Set<string>();
  for (const user of users) {
    const { identity, accessToken } = await mint(agent(user));
    assert.match(identity, /^[A-Za-z0-9_]{1,121}$/);
    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as {
      grants: { identity: string };
    };
    assert.equal(claims.grants.identity, identity);
    identities.add(identity);
  }
  assert.equal(identities.size, 100_000);
});
