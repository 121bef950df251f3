import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { CRM, SIMPLE_FORMS, UNLISTED } from '../testing/foreign-pages.ts';
import { crmToken, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService({ CORS_ORIGINS: `${CRM},http://localhost:8080` })));
after(() => service.remove());

const preflight = (path: string, origin: string) =>
  service.app.request(path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });

for (const origin of UNLISTED) {
  test(`no page of ${origin || 'no origin'} may read an answer`, async () => {
    const headers = { origin, authorization: `Bearer ${await crmToken()}` };
    const answers = [
      await preflight('/api/calls', origin),
      await service.app.request('/api/calls', { headers }),
      await service.app.request('/api/calls/token', { method: 'POST', headers }),
      await service.app.request('/api/calls/token', { method: 'POST', headers: { origin } }),
    ];
    for (const answer of answers) {
      for (const [name] of answer.headers) assert.doesNotMatch(name, /^access-control-/);
      assert.equal(answer.headers.get('vary'), 'Origin');
    }
  });
}

test('a page of a listed origin may read answers, refusals too, without cookies', async () => {
  const authorization = `Bearer ${await crmToken()}`;
  for (const headers of [
    { origin: CRM, authorization },
    { origin: CRM, authorization: 'Bearer no' },
  ]) {
    for (const path of ['/api/calls', '/api/calls/settings', '/api/calls/nothing']) {
      const answer = await service.app.request(path, { headers });
      assert.equal(answer.headers.get('access-control-allow-origin'), CRM);
      assert.equal(answer.headers.get('access-control-expose-headers'), 'X-Request-Id,Retry-After,Content-Disposition');
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      assert.equal(answer.headers.get('vary'), 'Origin');
    }
  }
  const asked = await preflight('/api/calls/token', CRM);
  assert.equal(asked.status, 204);
  assert.equal(asked.headers.get('access-control-allow-origin'), CRM);
  assert.equal(asked.headers.get('access-control-allow-methods'), 'GET,POST,PUT,PATCH,DELETE');
  assert.equal(asked.headers.get('access-control-allow-headers'), 'Authorization,Content-Type,Last-Event-ID');
  assert.equal(asked.headers.get('access-control-max-age'), '600');
});

/** All rows of all tables. */
function everything(): string {
  const database = new DatabaseSync(join(service.directory, 'calls.db'));
  const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all();
  const rows = tables.map(({ name }) => [name, database.prepare(`select * from "${String(name)}"`).all()]);
  database.close();
  return JSON.stringify(rows);
}

test('a form that a page sends changes nothing, on whatever route', async () => {
  const { callId } = await placeCall(service);
  const before = everything();
  const routes = service.app.routes.filter(
    ({ method, path }) => !['GET', 'ALL'].includes(method) && !path.includes('*'),
  );
  assert.ok(routes.length >= 15);
  for (const { method, path } of routes) {
    for (const [type, body] of Object.entries(SIMPLE_FORMS)) {
      for (const origin of [CRM, 'https://evil.example.com', 'null']) {
        const headers = { origin, 'content-type': type, cookie: 'session=1' };
        const answer = await service.app.request(path.replace(':callId', callId), { method, headers, body });
        assert.ok([401, 403, 415].includes(answer.status), `${method} ${path}: ${answer.status}`);
      }
    }
  }
  assert.equal(everything(), before);
});
