import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { CallPage, DialAnswer, ErrorAnswer, TokenAnswer } from '../contract.ts';
import { crmToken, placeCall, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
before(async () => (service = await startTestService({ CORS_ORIGINS: 'https://crm.example.com' })));
after(() => service.remove());

test('the access token is the agent’s: standard key, one voice grant, an hour', async () => {
  const answer = await service.asAgent('/api/calls/token', { method: 'POST', sub: 'mona.said@example.com' });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  const { accessToken, identity } = (await answer.json()) as TokenAnswer;
  const claims = decodeJwt<{ grants: Record<string, unknown> }>(accessToken);
  assert.equal(decodeProtectedHeader(accessToken).alg, 'HS256');
  assert.equal(decodeProtectedHeader(accessToken).cty, 'twilio-fpa;v=1');
  assert.equal(claims.iss, service.config.apiKey);
  assert.equal(claims.sub, service.config.accountSid);
  assert.equal(claims.exp! - claims.iat!, 3600);
  assert.match(identity, /^[A-Za-z0-9_]{1,121}$/);
  assert.deepEqual(claims.grants, {
    identity,
    voice: { incoming: { allow: true }, outgoing: { application_sid: service.config.applicationSid } },
  });
});

test('a dial intent is normalised, kept, and the same when asked again', async () => {
  const body = { callId: randomUUID(), to: '٠١٠ ٠١٢٣ ٤٥٠١', customerName: 'سارة' };
  const answers = await Promise.all([1, 2].map(() => service.asAgent('/api/calls', { method: 'POST', body })));
  const [first, second] = await Promise.all(answers.map(async (answer) => (await answer.json()) as DialAnswer));
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [201, 201],
  );
  assert.equal(first!.to, '+201001234501');
  assert.deepEqual([first!.callerId, first!.line], ['+20224610000', null]);
  assert.deepEqual(first, second);
});

test('of several numbers, the agent learns which one the customer sees', async () => {
  const several = await startTestService({ TWILIO_CALLER_ID: '+20224610001,+20224610000' });
  const body = { callId: randomUUID(), to: '01001234501' };
  const answer = (await (await several.asAgent('/api/calls', { method: 'POST', body })).json()) as DialAnswer;
  assert.deepEqual([answer.callerId, answer.line], ['+20224610001', '+20224610001']);
  await several.remove();
});

test('a call id cannot be used for another number or by another agent', async () => {
  const callId = randomUUID();
  await service.asAgent('/api/calls', { method: 'POST', body: { callId, to: '01001234501' } });
  for (const [sub, to] of [
    ['mona', '01001234502'],
    ['karim', '01001234501'],
  ]) {
    const answer = await service.asAgent('/api/calls', { method: 'POST', sub: sub!, body: { callId, to } });
    assert.equal(answer.status, 409);
    assert.equal(((await answer.json()) as ErrorAnswer).code, 'call-id-taken');
  }
});

const BAD: [string, unknown, number, string][] = [
  ['an emergency number', { callId: randomUUID(), to: '122' }, 422, 'number-emergency'],
  ['a short number', { callId: randomUUID(), to: '19777' }, 422, 'number-short'],
  ['a country that is not allowed', { callId: randomUUID(), to: '+12025550143' }, 422, 'country-refused'],
  ['a client address', { callId: randomUUID(), to: 'client:karim' }, 422, 'number-invalid'],
  ['no number', { callId: randomUUID() }, 400, 'invalid-request'],
  ['a call id that is none', { callId: '1', to: '01001234501' }, 400, 'invalid-request'],
  ['a list', [], 400, 'invalid-request'],
];
for (const [name, body, status, code] of BAD) {
  test(`${name} is refused in words`, async () => {
    const answer = await service.asAgent('/api/calls', { method: 'POST', body });
    assert.equal(answer.status, status);
    const error = (await answer.json()) as ErrorAnswer;
    assert.equal(error.code, code);
    assert.ok(error.message.length > 10);
  });
}

test('what is not JSON, too large or nowhere is answered, not crashed on', async () => {
  const headers = { authorization: `Bearer ${await crmToken()}` };
  const post = (type: string, body: string) =>
    service.app.request('/api/calls', {
      method: 'POST',
      headers: { ...headers, 'content-type': type, 'content-length': String(body.length) },
      body,
    });
  assert.equal((await post('application/json', '{')).status, 400);
  assert.equal((await post('text/plain', '{}')).status, 415);
  assert.equal((await post('application/json', JSON.stringify({ to: 'x'.repeat(70_000) }))).status, 413);
  assert.equal((await service.app.request('/api/nothing')).status, 404);
  assert.equal((await service.asAgent('/api/calls/not-a-uuid')).status, 404);
  assert.equal((await service.asAgent('/api/calls?limit=0')).status, 400);
  assert.equal((await service.asAgent('/api/calls?cursor=abc')).status, 400);
});

test('the log shows an agent’s own calls, newest first, page by page', async () => {
  const sids = [...'123456'].map((digit) => `CA${digit.repeat(32)}`);
  const ids: string[] = [];
  for (const sid of sids) ids.push((await placeCall(service, sid)).callId);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const answer = await service.asAgent(`/api/calls?limit=4${cursor ? `&cursor=${cursor}` : ''}`);
    const page = (await answer.json()) as CallPage;
    assert.ok(page.calls.length <= 4);
    seen.push(...page.calls.map((call) => call.callId));
    cursor = page.nextCursor;
  } while (cursor);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual([...seen].sort(), [...ids].sort());
  const others = (await (await service.asAgent('/api/calls', { sub: 'karim' })).json()) as CallPage;
  assert.deepEqual(others, { calls: [], nextCursor: null });
  assert.equal((await service.asAgent(`/api/calls/${ids[0]}`, { sub: 'karim' })).status, 404);
});

test('only the listed origins may read answers', async () => {
  const preflight = (origin: string) =>
    service.app.request('/api/calls/token', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
  const allowed = await preflight('https://crm.example.com');
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://crm.example.com');
  assert.match(allowed.headers.get('access-control-allow-headers')!, /authorization/i);
  for (const origin of ['https://evil.example.com', 'null', 'https://crm.example.com.evil.example']) {
    assert.equal((await preflight(origin)).headers.get('access-control-allow-origin'), null);
  }
});

test('a page of a listed origin may read refusals too', async () => {
  const origin = 'https://crm.example.com';
  const body = 'x'.repeat(70_000);
  const answers = await Promise.all([
    service.app.request('/api/calls', { headers: { origin } }),
    service.app.request('/api/calls', { method: 'POST', headers: { origin, 'content-length': '70000' }, body }),
  ]);
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [401, 413],
  );
  for (const answer of answers) {
    assert.equal(answer.headers.get('access-control-allow-origin'), origin);
    assert.match(answer.headers.get('vary') ?? '', /Origin/);
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  }
});

test('nothing that is sent is answered with 500', async () => {
  const any = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  );
  const request = fc.record({
    callId: fc.oneof(fc.uuid(), fc.string()),
    to: fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ()-]{0,20}$/), fc.constant(7)),
    country: fc.oneof(fc.constant('EG'), fc.stringMatching(/^[A-Z]{2}$/), fc.constant(undefined)),
    customerName: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(undefined)),
  });
  const authorization = `Bearer ${await crmToken()}`;
  const body = fc.oneof(
    any,
    request.map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(body, fc.webQueryParameters(), fc.webPath(), async (body, query, path) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const answers = await Promise.all([
        service.app.request('/api/calls', { method: 'POST', headers, body }),
        service.app.request(`/api/calls?${query}`, { headers }),
        service.app.request(`/api/calls?cursor=${encodeURIComponent(query)}`, { headers }),
        service.app.request(`/api/calls/x${path}?${query}`, { headers }),
        service.app.request(`${path.replace(/^\/*/, '/')}?${query}`),
      ]);
      for (const answer of answers) assert.ok(answer.status < 500, `${answer.url} ${answer.status}`);
    }),
    { numRuns: 200 },
  );
});

test('health', async () => {
  const answer = await service.app.request('/healthz');
  assert.equal(((await answer.json()) as { status: string }).status, 'ok');
});
