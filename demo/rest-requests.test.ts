/** Every REST request of the service, made to the sandbox, against Twilio's description of its API. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createCallControl } from '../service/carrier/call-control.ts';
import { createRestClient } from '../service/carrier/rest-client.ts';
import { parseConfig } from '../service/config.ts';
import { createService } from '../service/service.ts';
import {
  crmToken,
  environment,
  PARENT,
  placeCall,
  RECORDING,
  startTestService,
} from '../service/testing/test-service.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { OpenApi } from './sandbox/testing/open-api.ts';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

const openApi = OpenApi.load(process.env['TWILIO_OPENAPI_FILE']);
const asked: Asked[] = [];
let sandbox: Sandbox;
let between: Server;
let baseUrl: string;
let directory: string;

async function textOf(request: IncomingMessage): Promise<string> {
  return (await request.setEncoding('utf8').toArray()).join('');
}

before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-rest-'));
  sandbox = await startSandbox({ authToken: 'fedcba9876543210fedcba9876543210' });
  between = createServer((request, response) => {
    void (async () => {
      const body = await textOf(request);
      const url = new URL(request.url!, sandbox.url);
      const path = url.pathname.replace(/^\/2010-04-01\/Accounts\/AC[0-9a-f]{32}/, '');
      const { method = 'GET' } = request;
      asked.push({ method, path, query: url.searchParams, form: new URLSearchParams(body) });
      const headers = {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/x-www-form-urlencoded',
      };
      const answer = await fetch(url, { method, headers, ...(body && { body }) });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
});
after(async () => {
  between.close();
  between.closeAllConnections();
  await sandbox.close();
  rmSync(directory, { recursive: true });
});

/** Nothing but what Twilio describes; without its description this says so and checks the addresses alone. */
function problems(): string[] {
  return openApi
    ? asked.flatMap(({ method, path, query, form }) => openApi.requestProblems(method, path, query, form))
    : [];
}

test('what the service asks of the account exists at Twilio, with these very parameters', async (t) => {
  if (!openApi) t.diagnostic('TWILIO_OPENAPI_FILE names no copy of twilio_api_v2010.json: requests are not checked');
  const account = {
    TWILIO_ACCOUNT_SID: sandbox.account.accountSid,
    TWILIO_AUTH_TOKEN: sandbox.account.authToken,
    TWILIO_API_KEY: undefined,
    TWILIO_API_SECRET: undefined,
    TWILIO_TWIML_APP_SID: undefined,
    TWILIO_API_BASE_URL: baseUrl,
    DATABASE_URL: `sqlite:${join(directory, 'calls.db')}`,
  };
  const first = await createService(parseConfig(environment(account)));
  const headers = { authorization: `Bearer ${await crmToken()}` };
  assert.equal((await first.app.request('/api/calls/token', { method: 'POST', headers })).status, 200);
  await first.close();
  // Its address has changed: the TwiML App is brought to it.
  const second = await createService(parseConfig(environment({ ...account, PUBLIC_URL: 'https://new.example.com' })));
  await second.checkAccount();
  await second.close();

  const { accountSid, authToken } = sandbox.account;
  const rest = createRestClient({
    baseUrl,
    accountSid,
    credentials: () => ({ user: accountSid, password: authToken }),
  });
  const control = createCallControl(rest);
  await control.end(PARENT);
  await control.deleteRecording(RECORDING);
  for (const paused of [true, false]) {
    for (const recordingSid of [RECORDING, undefined]) await control.pauseRecording(PARENT, recordingSid, paused);
  }

  // A call that the sandbox never had: asked for, and for its children.
  let aheadMs = 0;
  const key = [...sandbox.account.apiKeys.values()][0]!;
  const log = await startTestService(
    {
      ...account,
      TWILIO_API_KEY: key.sid,
      TWILIO_API_SECRET: key.secret,
      DATABASE_URL: `sqlite:${join(directory, 'other.db')}`,
    },
    { clock: () => new Date(Date.now() + aheadMs), backgroundEveryMs: 5 },
  );
  await placeCall(log);
  aheadMs = 155_000;
  while (!asked.some(({ path }) => path === `/Calls/${PARENT}.json`)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await rest.request('GET', `Calls.json?ParentCallSid=${PARENT}&PageSize=100`);
  await rest.request('GET', `Calls/${PARENT}/Recordings.json`);
  await log.remove();

  assert.deepEqual(problems(), []);
  const templates = new Set(
    asked.map(({ method, path }) => `${method} ${path.replace(/[A-Z]{2}[0-9a-f]{32}/g, '{}')}`),
  );
  for (const needed of [
    'POST /Keys.json',
    'GET /Keys.json',
    'POST /Applications.json',
    'POST /Applications/{}.json',
    'POST /Calls/{}.json',
    'GET /Calls/{}.json',
    'GET /Calls.json',
    'GET /Calls/{}/Recordings.json',
    'POST /Calls/{}/Recordings/{}.json',
    'POST /Calls/{}/Recordings/Twilio.CURRENT.json',
    'DELETE /Recordings/{}.json',
  ]) {
    assert.ok(templates.has(needed), needed);
  }
});

test('the check finds what Twilio does not have', () => {
  if (!openApi) return;
  const none = new URLSearchParams();
  assert.deepEqual(
    openApi.requestProblems('POST', `/Calls/${PARENT}.json`, none, new URLSearchParams({ State: 'completed' })),
    ['POST /Calls/{sid}.json State does not exist'],
  );
  assert.deepEqual(openApi.requestProblems('PUT', `/Calls/${PARENT}.json`, none, none), [
    'PUT /Calls/{sid}.json does not exist',
  ]);
  const wrong = openApi.requestProblems('POST', `/Calls/${PARENT}.json`, none, new URLSearchParams({ Status: 'over' }));
  assert.match(wrong.join(), /Status is "over", none of/);
});
