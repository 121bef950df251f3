import assert from 'node:assert/strict';
import { hkdfSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { decodeJwt, SignJWT } from 'jose';
import type { SessionAnswer, SettingsAnswer } from '../contract.ts';
import { crmToken, SECRET, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
let time = Math.floor(Date.now() / 1000) * 1000;
before(async () => (service = await startTestService({ SERVICE_SECRET: SECRET }, { clock: () => new Date(time) })));
after(() => service.remove());

const HOUR = 3_600_000;

/** The CRM's token of this moment. */
function now(more: Parameters<typeof crmToken>[0] = {}) {
  return crmToken({ issuedAt: time / 1000, expiresAt: time / 1000 + 300, ...more });
}

async function session(bearer: string): Promise<SessionAnswer> {
  const answer = await service.asAgent('/api/calls/phone/session', { method: 'POST', bearer });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  return (await answer.json()) as SessionAnswer;
}

const statusOf = async (bearer: string) => (await service.asAgent('/api/calls/settings', { bearer })).status;

test('a session is the same agent, for an hour, and an agent only', async () => {
  const { token, expiresAt } = await session(await now({ sub: 'mona.said@example.com', role: 'supervisor' }));
  assert.equal(Date.parse(expiresAt) - time, HOUR);
  const settings = (await (await service.asAgent('/api/calls/settings', { bearer: token })).json()) as SettingsAnswer;
  assert.equal(settings.role, 'agent');
  assert.deepEqual(settings.agent, { id: 'mona.said@example.com', name: 'Mona' });
  const minted = await service.asAgent('/api/calls/token', { method: 'POST', bearer: token });
  assert.equal(((await minted.json()) as { identity: string }).identity, 'mona_2esaid_40example_2ecom');
  time += HOUR - 1000;
  assert.equal(await statusOf(token), 200);
  time += 1000;
  assert.equal(await statusOf(token), 401);
});

test('renewed with itself it lives until 12 hours after the CRM’s last word, and no longer', async () => {
  const start = time;
  let { token, expiresAt } = await session(await now());
  for (let renewals = 0; Date.parse(expiresAt) < start + 12 * HOUR; renewals += 1) {
    assert.ok(renewals < 14);
    time += HOUR - 60_000;
    ({ token, expiresAt } = await session(token));
    assert.ok(Date.parse(expiresAt) <= start + 12 * HOUR);
  }
  time = start + 12 * HOUR - 1000;
  assert.equal(await statusOf(token), 200);
  assert.ok(Date.parse((await session(token)).expiresAt) <= start + 12 * HOUR);
  time = start + 12 * HOUR;
  assert.equal(await statusOf(token), 401);
  const late = await service.asAgent('/api/calls/phone/session', { method: 'POST', bearer: token });
  assert.equal(late.status, 401);
  assert.equal(await statusOf((await session(await now())).token), 200);
});

test('no token passes for the other: each has its own key and audience', async () => {
  const { token } = await session(await now());
  const { exp, iat, ...claims } = decodeJwt(token);
  const sign = (audience: string, key: Uint8Array, more: Record<string, unknown> = {}) =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .setIssuedAt(iat)
      .setExpirationTime(iat! + 300)
      .sign(key);
  const crmKey = new TextEncoder().encode(SECRET);
  const own = (info: string) => new Uint8Array(hkdfSync('sha256', SECRET, '', info, 32));
  const sessionKey = own('almasar-phone-session-v1');
  assert.ok(exp);
  assert.equal(await statusOf(await sign('almasar-phone', sessionKey)), 200);
  assert.equal(await statusOf(await sign('almasar-dialer', crmKey)), 200);
  const forged = await Promise.all([
    sign('almasar-phone', crmKey),
    sign('almasar-dialer', sessionKey),
    sign('almasar-phone', own('almasar-media-link-v1')),
    sign('almasar-phone', sessionKey, { crm: undefined }),
    sign('almasar-phone', sessionKey, { callerIds: 'all' }),
    sign('somebody', crmKey),
  ]);
  for (const token of forged) assert.equal(await statusOf(token), 401);
  const [header, body] = token.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  assert.equal(await statusOf(`${none}.${body}.`), 401);
  assert.equal(await statusOf(`${header}.${body}.${token.split('.')[2]!.slice(0, -2)}xx`), 401);
});

test('a role that is none of ours gives no rights', async () => {
  for (const role of ['manager', 'Admin', '']) {
    const settings = await service.asAgent('/api/calls/settings', { bearer: await now({ role }) });
    assert.equal(((await settings.json()) as SettingsAnswer).role, 'agent');
  }
});
