import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Hono } from 'hono';
import type { AppEnv } from '../environment.ts';
import { ServiceError } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { CHILD, PARENT, placeCall, startTestService } from '../testing/test-service.ts';
import { ANSWER_LIMITS, newsInTime, twimlInTime } from './answer-in-time.ts';
import { NEWS_DELIVERY, TWIML_DELIVERY } from './delivery.ts';

const TROUBLE = /<Response><Say [^>]*>.*<\/Say><Hangup\/><\/Response>/;
const HANG_UP = /<Response><Hangup\/><\/Response>/;

/** Routes whose handler never answers, or fails. */
function troubled(handler: () => Promise<Response>, webhook: Record<string, string> = {}) {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    c.set('logger', createLogger('silent'));
    c.set('webhook', new Map(Object.entries(webhook)));
    await next();
  });
  app.use('/twiml/*', twimlInTime(20));
  app.use('/webhook/*', newsInTime(20));
  app.post('*', handler);
  app.onError((error, c) => c.body(null, error instanceof ServiceError ? error.status : 500));
  return (path: string) => app.request(path, { method: 'POST' });
}

const stalled = () => new Promise<Response>(() => {});
const failed = () => Promise.reject(new Error('SQLITE_FULL: database or disk is full'));

for (const [what, handler] of [
  ['stalls', stalled],
  ['fails', failed],
] as const) {
  test(`the database ${what}: a caller hears that we are sorry, and news is refused with 503`, async () => {
    const post = troubled(handler);
    for (const path of ['/twiml/outbound', '/twiml/inbound', '/twiml/inbound-result']) {
      const answer = await post(path);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type')!, /^text\/xml/);
      assert.match(await answer.text(), TROUBLE);
    }
    assert.equal((await post('/webhook/status')).status, 503);
  });

  test(`the database ${what} after a conversation: nothing is said`, async () => {
    assert.match(await (await troubled(handler)('/twiml/dial-result')).text(), HANG_UP);
    const held = troubled(handler, { DialCallStatus: 'completed' });
    assert.match(await (await held('/twiml/inbound-result')).text(), HANG_UP);
  });
}

test('the limits lie within what the carrier waits for an answer', () => {
  const waits = (delivery: string) => Number(new URLSearchParams(delivery.slice(1)).get('rt'));
  assert.ok(ANSWER_LIMITS.twimlMs < waits(TWIML_DELIVERY));
  assert.ok(ANSWER_LIMITS.newsMs < waits(NEWS_DELIVERY));
});

const ENDED = { CallSid: CHILD, ParentCallSid: PARENT, CallStatus: 'completed', SequenceNumber: '3' };

test('a database that another program keeps locked: TwiML all the same, 503 for news, and all is well afterwards', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-locked-'));
  const path = join(directory, 'calls.db');
  const service = await startTestService({ DATABASE_URL: `sqlite:${path}` });
  t.after(async () => {
    await service.remove();
    rmSync(directory, { recursive: true });
  });
  const { callId } = await placeCall(service);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const [news, result, inbound] = await Promise.all([
    service.asCarrier('/api/calls/webhook/status', ENDED),
    service.asCarrier('/api/calls/twiml/dial-result', { CallSid: PARENT, DialCallStatus: 'busy' }),
    service.asCarrier('/api/calls/twiml/inbound', { CallSid: `CA${'7'.repeat(32)}`, From: '+201001234500', To: '' }),
  ]);
  assert.equal(news.status, 503);
  assert.equal(((await news.json()) as { code: string }).code, 'service-busy');
  assert.match(await result.text(), HANG_UP);
  assert.match(await inbound.text(), TROUBLE);
  other.exec('ROLLBACK');
  other.close();
  assert.equal((await service.asCarrier('/api/calls/webhook/status', ENDED)).status, 204);
  const record = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as { status: string };
  assert.equal(record.status, 'ended');
});

test('the fallback address answers without a database, to the carrier alone', async () => {
  const service = await startTestService();
  await service.close();
  rmSync(service.directory, { recursive: true, force: true });
  const path = '/api/calls/twiml/fallback';
  for (const fields of [
    { CallSid: PARENT, ErrorCode: '11205', ErrorUrl: 'https://dialer.example.com/api/calls/twiml/inbound?x=1' },
    { CallSid: 'none', ErrorCode: '<11205>', ErrorUrl: 'javascript:' },
    {},
  ]) {
    const answer = await service.asCarrier(path, fields);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), TROUBLE);
  }
  assert.equal((await service.asCarrier(path, {}, (body) => `${body}&x=1`)).status, 403);
});
