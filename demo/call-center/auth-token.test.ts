import assert from 'node:assert/strict';
import { it } from 'node:test';
import { jwtVerify } from 'jose';
import { signAuthToken } from './auth-token.ts';

const SECRET = 'a secret of at least thirty-two bytes';

function verify(token: string, secret: string) {
  return jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], audience: 'almasar-dialer' });
}

it('says who the agent is, to the dialer service only, for five minutes', async () => {
  const { payload } = await verify(await signAuthToken({ id: 'mona', name: 'منى فؤاد' }, SECRET), SECRET);
  assert.equal(payload.sub, 'mona');
  assert.equal(payload['name'], 'منى فؤاد');
  assert.equal(payload.exp! - payload.iat!, 300);
  assert(Math.abs(payload.iat! - Date.now() / 1000) < 5);
});

it('is worthless under another secret', async () => {
  const token = await signAuthToken({ id: 'mona', name: 'Mona' }, SECRET);
  await assert.rejects(verify(token, `${SECRET}!`), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
});
