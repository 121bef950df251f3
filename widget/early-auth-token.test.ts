import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlyAuthToken } from './early-auth-token.ts';

test('the first token is asked for at once and given once', async () => {
  let asked = 0;
  const getAuthToken = earlyAuthToken(async () => `token-${(asked += 1)}`);
  assert.equal(asked, 1);
  assert.equal(await getAuthToken(), 'token-1');
  assert.equal(asked, 1);
  assert.equal(await getAuthToken(), 'token-2');
});

test('a refusal reaches who asks, and nobody before', async () => {
  let asked = 0;
  const getAuthToken = earlyAuthToken(async () => {
    asked += 1;
    if (asked === 1) throw new Error('signed out');
    return 'token';
  });
  await new Promise((resolve) => setTimeout(resolve));
  await assert.rejects(getAuthToken(), /signed out/);
  assert.equal(await getAuthToken(), 'token');
});
