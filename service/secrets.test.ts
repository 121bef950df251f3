import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditPage } from './admin-contract.ts';
import { identityOf } from './calls/identity.ts';
import type { RecordingLink, TokenAnswer } from './contract.ts';
import { parseConfig } from './config.ts';
import { createLogger } from './logger.ts';
import { secretsOf } from './secrets.ts';
import { askToCall, dials, newSid, twimlOf } from './testing/outgoing-calls.ts';
import { startRestStub } from './testing/rest-stub.ts';
import {
  crmToken,
  environment,
  PARENT,
  placeCall,
  RECORDING,
  startTestService,
  type AgentRequest,
} from './testing/test-service.ts';

test('the log takes out every secret of the configuration, and the API key as it is sent', () => {
  let log = '';
  const destination = { write: (line: string) => (log += line) };
  const config = parseConfig(environment());
  const logger = createLogger('info', { secrets: secretsOf(config), destination });
  const { authTokens, apiSecret, crmJwtSecrets, apiKey } = config;
  const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
  const secrets = [...authTokens, apiSecret!, ...crmJwtSecrets, basic];
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
  const { authTokens, apiSecret, crmJwtSecrets, apiKey } = service.config;
  const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString('base64');
  for (const secret of [...authTokens, apiSecret!, ...crmJwtSecrets, basic]) {
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

test('no agent is named in the log, nor any number; the audit says who it was, by the id of the request', async () => {
  let log = '';
  const logger = createLogger('debug', { destination: { write: (line: string) => (log += line) } });
  const rest = await startRestStub();
  const service = await startTestService(
    {
      TWILIO_API_BASE_URL: rest.url,
      ALLOWED_COUNTRIES: 'EG,SA',
      CRM_WEBHOOK_URL: 'http://127.0.0.1:1/calls',
      CRM_WEBHOOK_SECRET: 'webhook-secret-4e1d9a7c0b63f852d1',
    },
    { logger, backgroundEveryMs: 10 },
  );
  const admin = { sub: 'hoda@company.example', role: 'admin' };
  const sub = 'karim.saleh@company.example';
  const blockedPath = `/api/calls/blocked-agents/${encodeURIComponent(sub)}`;
  const as = async (path: string, options: AgentRequest) => {
    const answer = await service.asAgent(path, options);
    assert.ok(answer.ok, `${path}: ${await answer.clone().text()}`);
    return answer;
  };

  // A call to a country that is new, and its recording.
  const abroad = await askToCall(service, '+966501234567', sub);
  const callSid = newSid();
  assert.ok(dials(await twimlOf(service, abroad.callId, identityOf(sub), callSid)));
  const recorded = { CallSid: callSid, RecordingSid: RECORDING, RecordingStatus: 'completed' };
  await service.asCarrier('/api/calls/webhook/recording', recorded);
  await as(`/api/calls/${abroad.callId}/recordings/${RECORDING}`, { ...admin, method: 'DELETE' });
  // A page that is left while the carrier cannot be reached.
  rest.answer(500);
  const reason = 'Karim Saleh has left';
  const blocked = await as(`${blockedPath}?endCalls=true`, { ...admin, method: 'PUT', body: { reason } });
  await as('/api/calls/outgoing-stop', { ...admin, method: 'PUT', body: { reason } });
  await as('/api/calls/outgoing-stop', { ...admin, method: 'DELETE' });
  await as(blockedPath, admin);
  await as(blockedPath, { ...admin, method: 'DELETE' });
  await as('/api/calls/crm-events/resend', { ...admin, method: 'POST', body: { events: 'all' } });
  await askToCall(service, '010 0123 4501', sub);
  while (!log.includes('the carrier could not be asked')) await new Promise((resolve) => setTimeout(resolve, 10));

  const audit = (await (await service.asAgent('/api/calls/audit?action=agent-blocked', admin)).json()) as AuditPage;
  const { requestId, subject, agent } = audit.entries[0]!;
  assert.deepEqual([subject, agent.id], [sub, admin.sub]);
  assert.equal(requestId, blocked.headers.get('x-request-id'));
  assert.match(log, new RegExp(`"requestId":"${requestId}".*"msg":"agent blocked`));
  assert.match(log, /"path":"\/api\/calls\/blocked-agents\/:agentId"/);
  for (const told of ['new country', 'recording deleted', 'outgoing calls are stopped', 'sent to the CRM again']) {
    assert.ok(log.includes(told), told);
  }
  await service.remove();
  await rest.close();
  assert.doesNotMatch(log, /karim|hoda|mona|company|501234567|1001234501|0123 4501/i);
});
