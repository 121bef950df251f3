import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ErrorAnswer } from '../../contract.ts';
import { BAD_TOKENS, GOOD_TOKENS, ISSUER, PUBLISHED_KEYS, SECRETS } from '../../testing/crm-tokens.ts';
import { startKeyServer, type KeyServer } from '../../testing/key-server.ts';
import { startTestService, type TestService } from '../../testing/test-service.ts';

const MODES = ['jwt', 'jwks'] as const;

const services = {} as Record<(typeof MODES)[number], TestService>;
let keyServer: KeyServer;
before(async () => {
  keyServer = await startKeyServer(PUBLISHED_KEYS);
  services.jwt = await startTestService({ CRM_JWT_SECRET: SECRETS.join(',') });
  services.jwks = await startTestService({ AUTH_MODE: 'jwks', CRM_JWKS_URL: keyServer.url, CRM_JWT_ISSUER: ISSUER });
});
after(async () => {
  for (const mode of MODES) await services[mode].remove();
  keyServer.close();
});

async function refusal(service: TestService, token: string, origin?: string): Promise<ErrorAnswer> {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(origin && { origin }) };
  const answer = await service.app.request('/api/calls/token', { method: 'POST', headers });
  assert.equal(answer.status, 401);
  return (await answer.json()) as ErrorAnswer;
}

for (const mode of MODES) {
  for (const [name, reason, token] of BAD_TOKENS[mode]) {
    test(`${mode}: a token with ${name} gets 401 for its ${reason}`, async () => {
      const answer = await refusal(services[mode], await token());
      assert.equal(answer.reason, reason, answer.message);
      assert.equal(answer.code, 'unauthenticated');
      for (const secret of SECRETS) assert.ok(!answer.message.includes(secret));
    });
  }

  test(`${mode}: good tokens are taken`, async () => {
    for (const bearer of GOOD_TOKENS[mode]) {
      const answer = await services[mode].asAgent('/api/calls/token', { method: 'POST', bearer });
      assert.equal(answer.status, 200, await answer.clone().text());
    }
  });
}

test('an Origin that is allowed is no token', async () => {
  const service = await startTestService({ CORS_ORIGINS: ISSUER });
  assert.equal((await refusal(service, '', ISSUER)).reason, 'missing');
  await service.remove();
});
