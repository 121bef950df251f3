import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { CallOutcome, CallRecord } from '../service/contract.ts';
import { ProblemError } from './core/problem-error.ts';
import type { Outcome } from './core/state.ts';
import { createServiceClient, type ServiceClient } from './service-client.ts';
import { StubService } from './testing/stub-service.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** Does not compile when core's words for an end are not the contract's. */
export const SAME_OUTCOMES: Same<Outcome, CallOutcome> = true;

function jwt(seconds: number, name = ''): string {
  const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${part({})}.${part({ iat: 1_000_000, exp: 1_000_000 + seconds, name })}.`;
}

const TOKEN = { accessToken: 'x', identity: 'mona', expiresAt: '2026-11-23T12:00:00Z' };
const DIAL = { callId: '01931b4e-7c00-7000-8000-000000000001', to: '+201001234501', country: 'EG' };
const refusal = (code: string) => ({ code, message: 'because', requestId: 'r1' });

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.problem.code === code;

describe('service client', () => {
  let service: StubService;
  let tokens: string[];
  let client: ServiceClient;
  const stops: (() => void)[] = [];

  beforeEach(async () => {
    service = await new StubService().start();
    tokens = [];
    client = createServiceClient({
      service: service.url,
      getAuthToken: async () => {
        tokens.push(jwt(600, `token ${tokens.length}`));
        return tokens.at(-1)!;
      },
    });
  });

  afterEach(async () => {
    for (const stop of stops.splice(0)) stop();
    await service.stop();
  });

  test('asks for an access token and for a dial with the auth token, which is asked for once', async () => {
    service.on('POST /api/calls/token', 200, TOKEN);
    service.on('POST /api/calls', 201, { ...DIAL, callerId: '+20223456789', expiresAt: '' });
    const [token, dial] = await Promise.all([client.requestAccessToken(), client.requestDial(DIAL)]);
    assert.equal(token.accessToken, 'x');
    assert.equal(dial.callerId, '+20223456789');
    assert.equal(tokens.length, 1);
    for (const heard of service.heard) assert.equal(heard.authorization, `Bearer ${tokens[0]}`);
    assert.deepEqual(service.heard.find(({ route }) => route === 'POST /api/calls')?.body, DIAL);
  });

  test('renews an auth token shortly before it runs out', async () => {
    service.on('POST /api/calls/token', 200, TOKEN);
    client = createServiceClient({
      service: `${service.url}/`,
      getAuthToken: async () => {
        tokens.push(jwt(20));
        return tokens.at(-1)!;
      },
    });
    await client.requestAccessToken();
    await client.requestAccessToken();
    assert.equal(tokens.length, 2);
  });

  test('renews an auth token that is refused, once for all that were refused with it', async () => {
    service.answer('POST /api/calls/token', ({ authorization }, response) => {
      const fresh = authorization === `Bearer ${jwt(600, 'token 1')}`;
      response.writeHead(fresh ? 200 : 401).end(JSON.stringify(fresh ? TOKEN : refusal('unauthenticated')));
    });
    await Promise.all([client.requestAccessToken(), client.requestAccessToken()]);
    assert.equal(tokens.length, 2);
  });

  test('is unauthenticated when the second auth token is refused too', async () => {
    service.on('POST /api/calls/token', 401, refusal('unauthenticated'));
    await assert.rejects(client.requestAccessToken(), problem('unauthenticated'));
    assert.equal(service.heard.length, 2);
  });

  test('is unauthenticated when the page gives no auth token, and asks again the next time', async () => {
    let asked = 0;
    client = createServiceClient({
      service: service.url,
      getAuthToken: () => {
        asked += 1;
        return Promise.reject(new Error('signed out'));
      },
    });
    await assert.rejects(client.requestAccessToken(), problem('unauthenticated'));
    await assert.rejects(client.requestAccessToken(), problem('unauthenticated'));
    assert.equal(asked, 2);
    assert.deepEqual(service.heard, []);
  });

  const REFUSALS: [number, object, string][] = [
    [422, refusal('number-invalid'), 'number-invalid'],
    [422, refusal('number-emergency'), 'number-emergency'],
    [422, refusal('number-short'), 'number-short'],
    [422, refusal('number-type-refused'), 'number-type-refused'],
    [422, refusal('country-refused'), 'country-refused'],
    [400, refusal('invalid-request'), 'unknown'],
    [502, refusal('carrier-unreachable'), 'service-unreachable'],
    [500, refusal('internal'), 'service-unreachable'],
    [404, { not: 'our service' }, 'service-unreachable'],
  ];
  for (const [status, body, code] of REFUSALS) {
    test(`${status} ${JSON.stringify(body)} is ${code}`, async () => {
      service.on('POST /api/calls', status, body);
      await assert.rejects(client.requestDial(DIAL), problem(code));
    });
  }

  test('a page that answers in the place of the service is an unreachable service', async () => {
    service.answer('POST /api/calls', (_request, response) => response.writeHead(200).end('<!doctype html>'));
    await assert.rejects(client.requestDial(DIAL), problem('service-unreachable'));
  });

  test('no answer is an unreachable service, no address is a service that is not set', async () => {
    const { url } = service;
    await service.stop();
    await assert.rejects(client.requestDial(DIAL), problem('service-unreachable'));
    service = await new StubService().start();
    assert.notEqual(service.url, url);
    const nowhere = createServiceClient({ service: 'not an address', getAuthToken: async () => 'x' });
    await assert.rejects(nowhere.requestDial(DIAL), problem('service-not-set'));
  });

  test('a call that nobody knows is undefined', async () => {
    assert.equal(await client.getCall('none'), undefined);
    service.on('GET /api/calls/one', 200, { callId: 'one' });
    assert.equal((await client.getCall('one'))?.callId, 'one');
  });

  test('hears of calls, across a lost connection, until it stops', async () => {
    const heard: string[] = [];
    let opened = 0;
    const next: (() => void)[] = [];
    const happened = () => new Promise<void>((resolve) => next.push(resolve));
    const tell = () => next.shift()?.();
    const { stop } = client.follow({
      onMissed: () => {},
      onOpen: () => {
        opened += 1;
        tell();
      },
      onMessage: ({ event, data }) => {
        if (event !== 'call') return;
        const { callId, status } = JSON.parse(data) as CallRecord;
        heard.push(`${callId} ${status}`);
        tell();
      },
    });
    stops.push(stop);

    await happened();
    service.send('event: call\r\ndata: {"callId":"a",\r\ndata: "status":"ringing"}\r\n\r\nevent: other\ndata: {}\n\n');
    await happened();
    service.send(': still here\n\nevent: call\ndata: {"callId":"a","sta');
    service.send('tus":"open"}\n\n');
    await happened();

    for (const stream of service.streams) stream.destroy();
    await happened();
    assert.equal(opened, 2);
    service.sendCall({ callId: 'a', status: 'ended' });
    await happened();
    assert.deepEqual(heard, ['a ringing', 'a open', 'a ended']);

    stop();
    await service.until(() => service.streams.size === 0);
  });
});
