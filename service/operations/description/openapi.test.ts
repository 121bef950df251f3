import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import * as z from 'zod';
import { newSid } from '../../testing/outgoing-calls.ts';
import { startRestStub, type RestStub } from '../../testing/rest-stub.ts';
import {
  CHILD,
  PARENT,
  placeCall,
  RECORDING,
  startTestService,
  type AgentRequest,
  type TestService,
} from '../../testing/test-service.ts';
import { DESCRIBED_ROUTES, type OpenApiDocument, type Operation, type Schema } from './openapi.ts';

let service: TestService;
let rest: RestStub;
let document: OpenApiDocument;
before(async () => {
  rest = await startRestStub();
  const crm = { CRM_WEBHOOK_URL: 'http://127.0.0.1:1', CRM_WEBHOOK_SECRET: 's'.repeat(32) };
  service = await startTestService({ TWILIO_API_BASE_URL: rest.url, ...crm });
  document = (await (await service.app.request('/openapi.json')).json()) as OpenApiDocument;
});
after(async () => {
  await service.remove();
  await rest.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );

describe('the description', () => {
  test('has every route of the API and of operators, and none that is not there', () => {
    const isWidget = (path: string) =>
      /^\/(chunks|sounds|phone|:script|almasar-dialer@|docs\.css|[\w-]+\.(js|css))\b/.test(path);
    const there = service.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !isWidget(path))
      .map(({ method, path }) => `${method} ${path.replace(/\{[^}]*\}/g, '')}`);
    const described = DESCRIBED_ROUTES.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    assert.deepEqual([...new Set(described)].sort(), [...new Set(there)].sort());
    assert.equal(operations().length, described.length, 'none twice');
  });

  test('is OpenAPI 3.1 in its structure: references, parameters, answers, operation ids', () => {
    assert.match(document.openapi, /^3\.1\.\d+$/);
    assert.deepEqual(Object.keys(document.info).sort(), ['description', 'title', 'version']);
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      assert.ok(document.components.schemas[name!], `${name} is referred to`);
    }
    assert.doesNotMatch(text, /"\$(id|schema|defs)"|"\$ref":"(?!#\/components\/schemas\/)/);
    const ids = operations().map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    const tags = document.tags.map(({ name }) => name);
    for (const { path, method, operation } of operations()) {
      assert.match(path, /^\/[\w./{}-]*$/);
      assert.match(method, /^(get|put|post|delete|patch)$/);
      assert.ok(operation.tags.every((tag) => tags.includes(tag)));
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const given = operation.parameters?.filter(({ in: place }) => place === 'path') ?? [];
      assert.deepEqual(given.map(({ name }) => name).sort(), inPath.map(String).sort(), path);
      assert.ok(given.every(({ required }) => required));
      assert.ok(Object.keys(operation.responses).length > 0);
      for (const [status, { description }] of Object.entries(operation.responses)) {
        assert.match(status, /^[1-5]\d\d$/);
        assert.ok(description);
      }
      for (const scheme of operation.security.flatMap((each) => Object.keys(each))) {
        assert.ok(document.components.securitySchemes[scheme], scheme);
      }
    }
  });

  test('each error has its code where it may be answered', () => {
    const { responses } = document.paths['/api/calls']!['post']!;
    assert.match(responses['422']!.description, /number-emergency/);
    assert.match(responses['429']!.description, /spend-limit/);
    assert.match(responses['401']!.description, /unauthenticated/);
  });
});

/** As zod reads a schema of the document. */
function reader(schema: Schema): z.ZodType {
  const local = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(local.replaceAll('#/components/schemas/', '#/$defs/')) as never);
}

/** Fields of an answer that its description does not have. */
function undescribed(schema: Schema, value: unknown, at = ''): string[] {
  const ref = schema['$ref'] as string | undefined;
  if (ref !== undefined) return undescribed(document.components.schemas[ref.split('/').at(-1)!]!, value, at);
  const either = schema['anyOf'] as Schema[] | undefined;
  if (either) return undescribed(either[0]!, value, at);
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => undescribed(schema['items'] as Schema, each, `${at}[${index}]`));
  }
  const properties = schema['properties'] as Record<string, Schema> | undefined;
  if (typeof value !== 'object' || value === null || !properties) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    properties[name] ? undescribed(properties[name], each, `${at}.${name}`) : [`${at}.${name}`],
  );
}

async function fits(answer: Response, method: string, path: string, status: number): Promise<unknown> {
  assert.equal(answer.status, status, `${method} ${path}`);
  const operation: Operation | undefined = document.paths[path]?.[method];
  const described = operation?.responses[String(status)];
  assert.ok(described, `${method} ${path} ${status} is described`);
  const schema = described.content?.['application/json']?.schema;
  if (!schema) return undefined;
  const value: unknown = await answer.json();
  const { error } = reader(schema).safeParse(value);
  assert.equal(error, undefined, `${method} ${path} ${status}: ${error?.message}`);
  assert.deepEqual(undescribed(schema, value), []);
  return value;
}

test('real answers are as they are described, errors too', async () => {
  const { callId } = await placeCall(service);
  const child = { CallSid: CHILD, ParentCallSid: PARENT };
  const signed = (kind: string, fields: Record<string, string>) => service.asCarrier(`/api/calls/${kind}`, fields);
  await fits(
    await signed('webhook/status', { ...child, CallStatus: 'ringing' }),
    'post',
    '/api/calls/webhook/status',
    204,
  );
  const recorded = { CallSid: PARENT, RecordingSid: RECORDING, RecordingStatus: 'completed', RecordingDuration: '7' };
  await fits(await signed('webhook/recording', recorded), 'post', '/api/calls/webhook/recording', 204);
  const forged = await service.asCarrier('/api/calls/webhook/status', child, (body) => `${body}&a=b`);
  await fits(forged, 'post', '/api/calls/webhook/status', 403);

  const one = '/api/calls/{callId}';
  const recording = `${one}/recordings/{sid}`;
  const blocked = '/api/calls/blocked-agents';
  const stop = '/api/calls/outgoing-stop';
  const crmEvents = '/api/calls/crm-events';
  const admin: AgentRequest = { sub: 'amina', role: 'admin' };
  const ask = (path: string, options?: AgentRequest) => service.asAgent(path, options);
  const body = { callId: randomUUID(), to: '01001234501' };
  const holder = randomUUID();
  const phone = { holder, place: 'window', available: true, state: {} };
  const command = { holder, id: randomUUID(), method: 'hangUp', args: [] };
  const here = `/api/calls/${callId}`;
  const talking = newSid();
  const open = `/api/calls/${(await placeCall(service, talking)).callId}`;
  await signed('webhook/status', { CallSid: newSid(), ParentCallSid: talking, CallStatus: 'in-progress' });
  const cases: [string, string, number, string, AgentRequest?][] = [
    ['post', '/api/calls/token', 200, '/api/calls/token', { method: 'POST' }],
    ['post', '/api/calls', 201, '/api/calls', { method: 'POST', body }],
    ['post', '/api/calls', 422, '/api/calls', { method: 'POST', body: { ...body, to: '122' } }],
    ['post', '/api/calls', 400, '/api/calls', { method: 'POST', body: {} }],
    ['get', '/api/calls', 200, '/api/calls?limit=5'],
    ['get', '/api/calls', 400, '/api/calls?limit=0'],
    ['get', '/api/calls', 401, '/api/calls', { bearer: 'x.y.z' }],
    ['get', one, 200, here],
    ['get', one, 404, `/api/calls/${randomUUID()}`],
    ['patch', one, 200, here, { method: 'PATCH', body: { note: 'كلمه تاني' } }],
    ['patch', one, 409, here, { method: 'PATCH', body: { note: 'x', noteBefore: 'كلمه بكرة' } }],
    ['patch', one, 422, here, { method: 'PATCH', body: { disposition: 'none-of-them' } }],
    ['post', `${one}/away`, 204, `${here}/away`, { method: 'POST' }],
    ['post', `${one}/back`, 204, `${here}/back`, { method: 'POST' }],
    ['post', `${one}/recording`, 409, `${here}/recording`, { method: 'POST', body: { paused: true } }],
    ['post', `${one}/recording`, 200, `${open}/recording`, { method: 'POST', body: { paused: true } }],
    ['post', `${one}/recording`, 400, `${here}/recording`, { method: 'POST', body: {} }],
    ['post', `${one}/hangup`, 202, `${here}/hangup`, { method: 'POST' }],
    ['get', recording, 200, `${here}/recordings/${RECORDING}`],
    ['get', `${recording}/media`, 403, `${here}/recordings/${RECORDING}/media?for=a&expires=1&signature=b`],
    ['delete', recording, 403, `${here}/recordings/${RECORDING}`, { method: 'DELETE' }],
    ['get', `${one}/audit`, 200, `${here}/audit`, admin],
    ['get', '/api/calls/settings', 200, '/api/calls/settings'],
    ['put', '/api/calls/phone', 204, '/api/calls/phone', { method: 'PUT', body: phone }],
    ['post', '/api/calls/phone/commands', 202, '/api/calls/phone/commands', { method: 'POST', body: command }],
    ['delete', '/api/calls/phone', 204, `/api/calls/phone?holder=${holder}`, { method: 'DELETE' }],
    ['post', '/api/calls/phone/commands', 409, '/api/calls/phone/commands', { method: 'POST', body: command }],
    ['post', '/api/calls/phone/session', 200, '/api/calls/phone/session', { method: 'POST' }],
    ['get', blocked, 403, blocked],
    ['put', `${blocked}/{agentId}`, 200, `${blocked}/karim`, { ...admin, method: 'PUT', body: { reason: 'left us' } }],
    ['get', `${blocked}/{agentId}`, 200, `${blocked}/karim`, admin],
    ['get', blocked, 200, blocked, admin],
    ['delete', `${blocked}/{agentId}`, 204, `${blocked}/karim`, { ...admin, method: 'DELETE' }],
    ['get', `${blocked}/{agentId}`, 404, `${blocked}/karim`, admin],
    ['put', stop, 200, stop, { ...admin, method: 'PUT', body: { reason: 'odd calls' } }],
    ['post', '/api/calls', 403, '/api/calls', { method: 'POST', body: { ...body, callId: randomUUID() } }],
    ['get', stop, 200, stop, admin],
    ['delete', stop, 204, stop, { ...admin, method: 'DELETE' }],
    ['get', stop, 404, stop, admin],
    ['get', '/api/calls/audit', 200, '/api/calls/audit', admin],
    ['get', crmEvents, 200, crmEvents, admin],
    ['post', `${crmEvents}/resend`, 200, `${crmEvents}/resend`, { ...admin, method: 'POST', body: { events: 'all' } }],
    ['post', `${crmEvents}/resend`, 400, `${crmEvents}/resend`, { ...admin, method: 'POST', body: { events: [] } }],
  ];
  for (const [method, path, status, target, options] of cases) {
    await fits(await ask(target, options), method, path, status);
  }
  await fits(await service.app.request('/healthz'), 'get', '/healthz', 200);
  await fits(await service.app.request('/readyz'), 'get', '/readyz', 200);
});

test('/docs is a page without a script, under a policy that allows none, and shows every route', async () => {
  const answer = await service.app.request('/docs');
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=UTF-8');
  const policy = answer.headers.get('content-security-policy')!;
  assert.match(policy, /^default-src 'none'; style-src 'self';/);
  assert.doesNotMatch(policy, /script-src|unsafe/);
  const page = await answer.text();
  assert.doesNotMatch(page, /<script|style=|\son\w+=|https?:\/\/(?!dialer\.example\.com)/);
  for (const { operation } of operations()) assert.ok(page.includes(`id="${operation.operationId}"`));
  for (const [, id] of page.matchAll(/href="#(\w+)"/g)) assert.ok(page.includes(`id="${id}"`), id);
  const style = await service.app.request('/docs.css');
  assert.match(style.headers.get('content-type')!, /^text\/css/);
});
