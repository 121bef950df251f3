import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService()));
after(() => service.remove());

const PATHS = [
  '/healthz',
  '/readyz',
  '/api/calls',
  '/docs',
  '/openapi.json',
  '/phone',
  '/nothing-here',
  '/almasar-dialer.js',
];

for (const path of PATHS) {
  test(`${path} has the headers that every answer has`, async () => {
    const { headers } = await service.app.request(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.match(headers.get('content-security-policy')!, /^default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000');
    assert.match(headers.get('x-request-id')!, /^[0-9a-f-]{36}$/);
    assert.equal(headers.get('server'), null);
    assert.equal(headers.get('x-powered-by'), null);
    const widget = path.endsWith('.js');
    assert.equal(headers.get('cross-origin-resource-policy'), widget ? 'cross-origin' : 'same-origin');
  });
}

test('a recording may play in pages of the CRM: its link is the permission', async () => {
  const path = `/api/calls/${randomUUID()}/recordings/RE1/media?for=a&expires=1&signature=b`;
  const answer = await service.app.request(path);
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
});

test('/phone may use the microphone, and nothing else of the device', async () => {
  const policy = (await service.app.request('/phone')).headers.get('permissions-policy')!;
  assert.match(policy, /microphone=\(self\)/);
  for (const feature of ['camera', 'geolocation', 'display-capture', 'usb', 'payment']) {
    assert.ok(policy.includes(`${feature}=()`), feature);
  }
});

test('a request id is made here, whatever the request says of one', async () => {
  const given = 'chosen-by-the-sender';
  const { headers } = await service.app.request('/healthz', { headers: { 'x-request-id': given } });
  assert.notEqual(headers.get('x-request-id'), given);
});

test('without https there is no promise of it', async () => {
  const local = await startTestService({ PUBLIC_URL: 'http://localhost:3000' });
  assert.equal((await local.app.request('/healthz')).headers.get('strict-transport-security'), null);
  await local.remove();
});
