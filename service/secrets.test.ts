import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RecordingLink, TokenAnswer } from './contract.ts';
import { parseConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { secretsOf } from './secrets.ts';
import { crmToken, environment, PARENT, placeCall, RECORDING, startTestService } from './testing/test-service.ts';

test('the log takes out every secret of the configuration, and the API key as it is sent', () => {
  let log = '';
  const destination = { write: (line: string) => (log += line) };
  const config = parseConfig(environment());
  const logger = createLogger('info', { secrets: secretsOf(config), destination });
  const { authTokens, apiSecret, crmJwtSecret, apiKey } = config;
  const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
  const secrets = [...authTokens, apiSecret!, crmJwtSecret, basic];
  logger.info({ headers: { authorization: `Basic ${basic}` }, secrets }, 'request');
  for (const secret of secrets) assert.ok(!log.includes(secret), secret);
  assert.match(log, /"authorization":"Basic \[removed\]"/);
});

test('after a whole call, and failures on the way, no secret is in the log, the answers or the database', async () => {
  let log = '';
  const logger = createLogger('debug', { destination: { write: (line: string) => (log += line) } });
  // Nothing listens on port 1: fetching a recording fails, with all that the error brings along.
  const service = await startTestService({ TWILIO_API_BASE_URL: 'http://127.0.0.1:1' }, { logger });
  const answers: string[] = [];
  const keep = async (answer: Response) => {
    const text = await answer.text();
    answers.push(text, JSON.stringify([...answer.headers]));
    return text;
  };

  const bearer = await crmToken();
  const token = JSON.parse(await keep(await service.asAgent('/api/calls/token', { method: 'POST' }))) as TokenAnswer;
  const { callId } = await placeCall(service);
  const recorded = { CallSid: PARENT, RecordingSid: RECORDING, RecordingStatus: 'completed' };
  await keep(await service.asCarrier('/api/calls/webhook/recording', recorded));
  await keep(await service.asCarrier('/api/calls/webhook/recording', recorded, (body) => `${body}&x=1`));
  const link = await keep(await service.asAgent(`/api/calls/${callId}/recordings/${RECORDING}`));
  const { url } = JSON.parse(link) as RecordingLink;
  const broken = await service.app.request(url.slice(service.config.publicUrl.length));
  assert.equal(broken.status, 502);
  await keep(broken);
  await keep(await service.app.request('/api/calls', { headers: { authorization: `Bearer ${bearer.slice(0, -2)}` } }));
  await keep(await service.app.request(`/api/calls?to=%2B201001234500&token=${bearer}`));
  await keep(await service.asAgent('/api/calls'));
  await service.close();

  assert.match(log, /"status":502/);
  assert.match(log, /fetch failed/);
  const database = readdirSync(service.directory).map((name) => readFileSync(join(service.directory, name), 'latin1'));
  const { authTokens, apiSecret, crmJwtSecret, apiKey } = service.config;
  const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
  for (const secret of [...authTokens, apiSecret!, crmJwtSecret, basic]) {
    assert.ok(!log.includes(secret));
    assert.ok(!answers.join('\n').includes(secret));
    assert.ok(!database.join('\n').includes(secret));
  }
  for (const secret of [token.accessToken, bearer, new URL(url).searchParams.get('signature')!]) {
    assert.ok(!log.includes(secret));
    assert.ok(!database.join('\n').includes(secret));
  }
  assert.doesNotMatch(log, /1001234500|api\.twilio\.com/);
  await service.remove();
});
