import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SignJWT, UnsecuredJWT } from 'jose';
import { crmToken, SECRET, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

const now = Math.floor(Date.now() / 1000);
const key = new TextEncoder().encode(SECRET);

function jwt(claims: Record<string, unknown>, alg = 'HS256'): Promise<string> {
  return new SignJWT({ aud: 'almasar-dialer', sub: 'mona', iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg })
    .sign(key);
}

const REFUSED: Record<string, () => string | Promise<string>> = {
  'no header': () => '',
  'another scheme': () => 'Basic bW9uYTptb25h',
  'not a JWT': () => 'Bearer abc.def',
  expired: async () => `Bearer ${await crmToken({ issuedAt: now - 600, expiresAt: now - 120 })}`,
  'signed with another secret': async () =>
    `Bearer ${await crmToken({ secret: 'another secret that is long enough too' })}`,
  'for another audience': async () => `Bearer ${await crmToken({ aud: 'crm' })}`,
  'living longer than ten minutes': async () => `Bearer ${await crmToken({ expiresAt: now + 700 })}`,
  'dated in the future': async () => `Bearer ${await crmToken({ issuedAt: now + 300, expiresAt: now + 500 })}`,
  'without a subject': async () => `Bearer ${await jwt({ sub: undefined })}`,
  'with an empty subject': async () => `Bearer ${await jwt({ sub: '' })}`,
  'with an endless subject': async () => `Bearer ${await jwt({ sub: 'م'.repeat(60) })}`,
  'without an end': async () => `Bearer ${await jwt({ exp: undefined })}`,
  'without a beginning': async () => `Bearer ${await jwt({ iat: undefined })}`,
  'signed with HS512': async () => `Bearer ${await jwt({}, 'HS512')}`,
  'not signed (alg none)': () =>
    `Bearer ${new UnsecuredJWT({ sub: 'mona' }).setAudience('almasar-dialer').setIssuedAt().setExpirationTime('5m').encode()}`,
};

const ROUTES: [string, string][] = [
  ['POST', '/api/calls/token'],
  ['POST', '/api/calls'],
  ['GET', '/api/calls'],
  ['GET', '/api/calls/events'],
  ['GET', '/api/calls/019a0000-0000-7000-8000-000000000000'],
];

for (const [name, authorization] of Object.entries(REFUSED)) {
  test(`a token ${name} gets 401 on every agents' route`, async () => {
    const header = await authorization();
    for (const [method, path] of ROUTES) {
      const headers: Record<string, string> = header ? { authorization: header } : { origin: service.config.publicUrl };
      const answer = await service.app.request(path, { method, headers });
      assert.equal(answer.status, 401, `${method} ${path}`);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      const body = (await answer.json()) as Record<string, string>;
      assert.equal(body['code'], 'unauthenticated');
      assert.ok(body['requestId']);
      assert.ok(!JSON.stringify(body).includes(SECRET));
    }
  });
}

test('clocks may be a minute apart', async () => {
  const token = await crmToken({ issuedAt: now + 30, expiresAt: now + 300 });
  const answer = await service.app.request('/api/calls', { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
});
