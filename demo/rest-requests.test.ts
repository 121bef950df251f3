/** Every REST request of the service, made to the sandbox, against Twilio's description of its API. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Hono } from 'hono';
import { createCallControl } from '../service/carrier/call-control.ts';
import { createRestClient } from '../service/carrier/rest-client.ts';
import { parseConfig } from '../service/config.ts';
import type { CallPage, CallRecord, RecordingLink } from '../service/contract.ts';
import { listen } from '../service/server.ts';
import { createService, type Service } from '../service/service.ts';
import { openStore } from '../service/storage/store.ts';
import { crmToken, environment, PARENT, RECORDING } from '../service/testing/test-service.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { OpenApi } from './sandbox/testing/open-api.ts';

interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

const NUMBER = '+20224610000';
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
  sandbox = await startSandbox({
    authToken: 'fedcba9876543210fedcba9876543210',
    mediaAuth: true,
    numbers: [{ phoneNumber: NUMBER }],
  });
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
      response.end(Buffer.from(await answer.arrayBuffer()));
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

/** Nothing but what Twilio describes, which are resources and not the media; without its description this says so and checks the addresses alone. */
function problems(): string[] {
  return openApi
    ? asked
        .filter(({ path }) => path.endsWith('.json'))
        .flatMap(({ method, path, query, form }) => openApi.requestProblems(method, path, query, form))
    : [];
}

function templates(): Set<string> {
  return new Set(asked.map(({ method, path }) => `${method} ${path.replace(/[A-Z]{2}[0-9a-f]{32}/g, '{}')}`));
}

/** Where the carrier finds a service, but for its last words on calls and recordings: these are lost, however often. */
async function lossyFront() {
  let app: Pick<Service['app'], 'fetch'> | undefined;
  const lost: string[] = [];
  const server = await listen(
    new Hono().all('*', async (c) => {
      const form = new URLSearchParams(c.req.method === 'POST' ? await c.req.raw.clone().text() : '');
      const last = form.get('RecordingStatus') ?? form.get('CallStatus') ?? '';
      if (c.req.path.includes('/webhook/') && last === 'completed') {
        lost.push(last);
        return c.body(null, 503);
      }
      return app?.fetch(c.req.raw, c.env) ?? c.body(null, 503);
    }),
    0,
    '127.0.0.1',
  );
  return {
    url: `http://localhost:${server.port}`,
    serve: (service: Service['app']) => (app = service),
    async lost(status: string) {
      while (!lost.includes(status)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    close: () => server.close(0),
  };
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
  while (!templates().has('GET /OutgoingCallerIds.json')) await new Promise((resolve) => setTimeout(resolve, 10));
  await first.close();
  // As after a backup of before: the key that was made is nobody's.
  const store = await openStore(account.DATABASE_URL);
  await store.db.deleteFrom('installation').where('name', '=', 'api-key').execute();
  await store.close();
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

  assert.deepEqual(problems(), []);
  for (const needed of [
    'POST /Keys.json',
    'GET /Keys.json',
    'DELETE /Keys/{}.json',
    'GET /IncomingPhoneNumbers.json',
    'GET /OutgoingCallerIds.json',
    'POST /Applications.json',
    'POST /Applications/{}.json',
    'POST /Calls/{}.json',
    'POST /Calls/{}/Recordings/{}.json',
    'POST /Calls/{}/Recordings/Twilio.CURRENT.json',
    'DELETE /Recordings/{}.json',
  ]) {
    assert.ok(templates().has(needed), needed);
  }
});

test('a message of which the carrier’s news were lost is found there, and played although its media are protected', async () => {
  const front = await lossyFront();
  const key = [...sandbox.account.apiKeys.values()][0]!;
  let aheadMs = 0;
  const clock = () => new Date(Date.now() + aheadMs);
  const service = await createService(
    parseConfig(
      environment({
        TWILIO_ACCOUNT_SID: sandbox.account.accountSid,
        TWILIO_AUTH_TOKEN: sandbox.account.authToken,
        TWILIO_API_KEY: key.sid,
        TWILIO_API_SECRET: key.secret,
        TWILIO_API_BASE_URL: baseUrl,
        TWILIO_CALLER_ID: NUMBER,
        PUBLIC_URL: front.url,
        DATABASE_URL: `sqlite:${join(directory, 'messages.db')}`,
      }),
    ),
    { clock, backgroundEveryMs: 20 },
  );
  front.serve(service.app);
  sandbox.account.numbers.get(NUMBER)!.voiceUrl = `${front.url}/api/calls/twiml/inbound`;
  sandbox.placeIncomingCall({ from: '+201001234500', to: NUMBER, farEnd: '00' });
  await front.lost('completed');

  aheadMs = 155_000;
  const ask = async (path: string) => {
    const issuedAt = Math.floor(clock().getTime() / 1000);
    const headers = { authorization: `Bearer ${await crmToken({ issuedAt, expiresAt: issuedAt + 300 })}` };
    return (await service.app.request(`/api/calls${path}`, { headers })).json();
  };
  let call: CallRecord | undefined;
  while (call?.recordings[0]?.status !== 'completed') {
    call = ((await ask('')) as CallPage).calls[0];
    aheadMs += 10_000;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(call.outcome, 'voicemail');
  const { recordingSid } = call.recordings[0];

  const { url } = (await ask(`/${call.callId}/recordings/${recordingSid}`)) as RecordingLink;
  const media = `/2010-04-01/Accounts/${sandbox.account.accountSid}/Recordings/${recordingSid}.wav`;
  assert.equal((await fetch(sandbox.url + media)).status, 401, 'the account protects its media');
  const audio = await service.app.request(url.slice(front.url.length));
  assert.equal(audio.status, 200);
  assert.equal(
    Buffer.from(await audio.arrayBuffer())
      .subarray(0, 4)
      .toString(),
    'RIFF',
  );
  await service.close();
  await front.close();

  assert.deepEqual(problems(), []);
  for (const needed of [
    'GET /Calls/{}.json',
    'GET /Calls.json',
    'GET /Calls/{}/Recordings.json',
    'GET /Recordings/{}.json',
    'GET /Recordings/{}.wav',
  ]) {
    assert.ok(templates().has(needed), needed);
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
