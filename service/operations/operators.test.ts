import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { CHILD, crmToken, PARENT, placeCall, startTestService, type TestService } from '../testing/test-service.ts';
import type { Readiness } from './readiness.ts';

let rest: RestStub;
before(async () => (rest = await startRestStub()));
after(() => rest.close());

const TOKEN = 'a-token-for-prometheus';

function start(changes: Record<string, string | undefined> = {}, options: Parameters<typeof startTestService>[1] = {}) {
  return startTestService({ TWILIO_API_BASE_URL: rest.url, METRICS_TOKEN: TOKEN, ...changes }, options);
}

async function ready(service: TestService): Promise<[number, Readiness]> {
  const answer = await service.app.request('/readyz');
  return [answer.status, (await answer.json()) as Readiness];
}

async function metricsOf(service: TestService): Promise<string> {
  const answer = await service.app.request('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/);
  return answer.text();
}

/** As a connection from this address brings it. */
const from = (remoteAddress: string) => ({ incoming: { headers: {}, socket: { remoteAddress } } });

describe('/readyz', () => {
  test('is ready on a database that answers, and says what was last seen of the carrier', async () => {
    const service = await start();
    const [status, before] = await ready(service);
    assert.equal(status, 200);
    assert.deepEqual(before.failed, []);
    assert.deepEqual(before.checks.carrier, { status: 'unknown', lastAnswerAt: null, lastFailureAt: null });
    assert.deepEqual(before.checks.apiKey, { status: 'ok', origin: 'provided' });

    await service.checkAccount();
    const [, seen] = await ready(service);
    assert.equal(seen.checks.carrier.status, 'ok');
    assert.equal(seen.checks.clock.status, 'ok');
    await service.remove();
  });

  test('a carrier that cannot be reached is a warning: calls in progress go on', async () => {
    const service = await start({ TWILIO_API_BASE_URL: 'http://127.0.0.1:1' });
    await service.checkAccount();
    const [status, { checks }] = await ready(service);
    assert.equal(status, 200);
    assert.equal(checks.carrier.status, 'warning');
    await service.remove();
  });

  test('without an API key it warns', async () => {
    const service = await start({ TWILIO_API_KEY: undefined, TWILIO_API_SECRET: undefined });
    const [status, { checks }] = await ready(service);
    assert.equal(status, 200);
    assert.deepEqual(checks.apiKey, { status: 'warning', origin: 'missing' });
    await service.remove();
  });

  for (const [minutes, expected, status] of [
    [2, 'warning', 200],
    [-2, 'warning', 200],
    [10, 'failed', 503],
    [-10, 'failed', 503],
  ] as const) {
    test(`a clock ${minutes} minutes from the carrier's is ${expected}`, async () => {
      const service = await start({}, { clock: () => new Date(Date.now() + minutes * 60_000) });
      await service.checkAccount();
      const [answered, { checks, failed }] = await ready(service);
      assert.equal(answered, status);
      assert.equal(checks.clock.status, expected);
      assert.ok(Math.abs(checks.clock.aheadSeconds! - minutes * 60) <= 5);
      assert.deepEqual(failed, expected === 'failed' ? ['clock'] : []);
      await service.remove();
    });
  }

  test('a signed webhook from the future says that this clock is behind; an old one says nothing', async () => {
    const service = await start();
    const tell = (Timestamp: string) =>
      service.asCarrier('/api/calls/webhook/status', {
        CallSid: CHILD,
        ParentCallSid: PARENT,
        CallStatus: 'ringing',
        Timestamp,
      });
    await tell('Tue, 01 Sep 2026 10:00:00 +0000');
    assert.equal((await ready(service))[1].checks.clock.status, 'unknown');
    await tell(new Date(Date.now() + 600_000).toUTCString());
    assert.equal((await ready(service))[1].checks.clock.status, 'failed');
    await service.remove();
  });

  test('a database that is closed, and a node that drains, are not ready; the process lives', async () => {
    const service = await start();
    service.drain();
    const [status, { failed }] = await ready(service);
    assert.equal(status, 503);
    assert.deepEqual(failed, ['draining']);
    const stream = await service.asAgent('/api/calls/events');
    assert.equal(stream.status, 503);
    assert.equal(stream.headers.get('connection'), 'close');
    assert.equal((await service.asAgent('/api/calls')).status, 200);

    await service.close();
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual((await ready(service))[1].failed, ['database', 'draining']);
    assert.equal((await service.app.request('/healthz')).status, 200);
    await service.remove();
  });
});

describe('/metrics', () => {
  test('counts calls, webhooks, tokens, refusals and requests, by words and never by numbers', async () => {
    const service = await start();
    await service.asAgent('/api/calls/token', { method: 'POST' });
    await service.app.request('/api/calls/token', { method: 'POST' });
    const { callId } = await placeCall(service);
    await service.asAgent(`/api/calls/${callId}`);
    await service.asAgent('/api/calls', { method: 'POST', body: { callId, to: '122' } });
    await service.app.request('/etc/passwd');
    await service.app.request('/api/calls', { method: 'BREW' });
    const Timestamp = new Date().toUTCString();
    await service.asCarrier('/api/calls/webhook/status', {
      CallSid: CHILD,
      ParentCallSid: PARENT,
      CallStatus: 'busy',
      Timestamp,
    });
    const over = { CallSid: PARENT, CallStatus: 'in-progress', DialCallStatus: 'busy', DialCallSid: CHILD };
    await service.asCarrier('/api/calls/twiml/dial-result', over);
    await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed', Timestamp });
    await service.asAgent(`/api/calls/${callId}`, { method: 'PATCH', body: { note: 'again tomorrow' } });
    await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT }, (body) => `${body}&x=1`);
    await service.checkAccount();

    const text = await metricsOf(service);
    for (const line of [
      'almasar_tokens_total{result="minted"} 1',
      'almasar_tokens_total{result="unauthenticated"} 1',
      'almasar_calls_total{direction="outgoing",outcome="busy"} 1',
      'almasar_calls_open 0',
      'almasar_writes_pending 0',
      'almasar_dials_refused_total{code="number-emergency",at="intent"} 1',
      'almasar_webhooks_total{kind="webhook/status",answer="204"} 2',
      'almasar_webhooks_total{kind="twiml/outbound",answer="200"} 1',
      'almasar_signature_failures_total{kind="webhook/status"} 1',
      'almasar_webhook_lag_seconds_count{kind="webhook/status"} 2',
      'almasar_http_requests_total{method="GET",route="/api/calls/:callId",status="2xx"} 1',
      'almasar_http_requests_total{method="other",route="none",status="4xx"} 2',
      'almasar_rest_requests_total{result="2xx"} 1',
    ]) {
      assert.ok(text.includes(`${line}\n`), `${line}\n\nin\n\n${text.replace(/^#.*\n/gm, '')}`);
    }
    assert.match(text, /^almasar_database_seconds_count\{kind="write"\} [1-9]/m);
    assert.match(text, /^almasar_database_seconds_count\{kind="read"\} [1-9]/m);
    assert.match(text, /^almasar_commit_works_bucket\{le="1"\} [1-9]/m);
    assert.match(text, /^process_cpu_seconds_total/m);
    assert.doesNotMatch(text, /passwd|BREW|1001234500|mona/);
    assert.ok(!text.includes(callId));
    await service.remove();
  });

  test('calls in progress are counted', async () => {
    const service = await start();
    await placeCall(service);
    assert.match(await metricsOf(service), /^almasar_calls_open 1$/m);
    await service.remove();
  });

  test('what the CRM is yet to be told is counted, and is no figure where it is told nothing', async () => {
    const service = await start({ CRM_WEBHOOK_URL: 'http://127.0.0.1:1', CRM_WEBHOOK_SECRET: 's'.repeat(32) });
    await placeCall(service);
    await service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });
    const text = await metricsOf(service);
    assert.match(text, /^almasar_crm_events_waiting 1$/m);
    assert.match(text, /^almasar_crm_events_given_up 0$/m);
    assert.match(text, /^almasar_crm_oldest_event_seconds 0\.\d+$/m);
    await service.remove();
    const silent = await start();
    assert.doesNotMatch(await metricsOf(silent), /almasar_crm/);
    await silent.remove();
  });

  test('with a token: only who has it', async () => {
    const service = await start();
    for (const authorization of ['', 'Bearer another-token-of-16', `Basic ${TOKEN}`, `Bearer ${await crmToken()}`]) {
      const answer = await service.app.request('/metrics', { headers: { authorization } }, from('127.0.0.1'));
      assert.equal(answer.status, 401, authorization);
    }
    await service.remove();
  });

  test('without one: only this machine, and nobody through a proxy on it', async () => {
    const service = await start({ METRICS_TOKEN: undefined });
    const ask = async (address: string, headers: Record<string, string>) =>
      (await service.app.request('/metrics', { headers }, from(address))).status;
    const host = 'localhost:3000';
    assert.equal(await ask('127.0.0.1', { host }), 200);
    assert.equal(await ask('::ffff:127.0.0.1', { host: '127.0.0.1:3000' }), 200);
    assert.equal(await ask('::1', { host: '[::1]:3000' }), 200);
    assert.equal(await ask('10.0.0.7', { host }), 404);
    assert.equal(await ask('127.0.0.1', { host: 'dialer.example.com' }), 404);
    assert.equal(await ask('127.0.0.1', { host, 'x-forwarded-for': '203.0.113.9' }), 404);
    await service.remove();
  });
});
