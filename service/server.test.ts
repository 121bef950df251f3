import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Hono } from 'hono';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { listen } from './server.ts';
import { CHILD, crmToken, PARENT, startTestService } from './testing/test-service.ts';

/** `duplex` is needed to send a stream, and missing in the DOM's types. */
function requestInit(body: string | ReadableStream): RequestInit {
  return Object.assign({ method: 'POST', body }, { duplex: 'half' as const });
}

async function start() {
  const service = await startTestService();
  // Behind an app of somebody else's, as the demo mounts it.
  const arrivals = new EventEmitter();
  const front = new Hono();
  front.all('*', (c) => {
    arrivals.emit(c.req.path);
    return service.app.fetch(c.req.raw, c.env);
  });
  const server = await listen(front, 0, '127.0.0.1');
  const url = `http://127.0.0.1:${server.port}`;
  return {
    service,
    server,
    url,
    arrivals,
    asCarrier: (path: string, fields: Record<string, string>) => {
      const all = { AccountSid: service.config.accountSid, ...fields };
      const signature = getExpectedTwilioSignature(service.config.authTokens[0]!, service.config.publicUrl + path, all);
      return fetch(url + path, {
        method: 'POST',
        headers: { 'x-twilio-signature': signature },
        body: new URLSearchParams(all),
      });
    },
  };
}

test('over real HTTP: signed webhooks are taken, large bodies are not, with or without a stated length', async () => {
  const { service, server, url, asCarrier } = await start();
  const news = { CallSid: CHILD, ParentCallSid: PARENT, CallStatus: 'ringing', To: "+2010 'x'" };
  assert.equal((await asCarrier('/api/calls/webhook/status?leg=it%27s', news)).status, 204);
  const large = 'x'.repeat(70_000);
  for (const body of [large, new Blob([large]).stream()]) {
    const answer = await fetch(new Request(`${url}/api/calls`, requestInit(body)));
    assert.equal(answer.status, 413);
    assert.equal(((await answer.json()) as { code: string }).code, 'payload-too-large');
  }
  await service.remove();
  await server.close();
});

test('closing lets a request in flight finish, ends event streams, and does not wait for connections kept alive', async () => {
  const { service, server, url, arrivals, asCarrier } = await start();
  await (await fetch(`${url}/healthz`)).text();
  const stream = await fetch(`${url}/api/calls/events`, { headers: { authorization: `Bearer ${await crmToken()}` } });
  // Waits two seconds for an intent that never comes, and needs the database until then.
  const path = '/api/calls/twiml/outbound';
  const arrived = once(arrivals, path);
  const asked = asCarrier(path, { CallSid: PARENT, From: 'client:mona', CallId: randomUUID() });
  await arrived;

  const began = performance.now();
  const closed = Promise.all([server.close(), service.remove()]);
  assert.match(await stream.text(), /connected/);
  const answer = await asked;
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /<Hangup\/>/);
  await closed;
  assert.ok(performance.now() - began < 4_000);
  await assert.rejects(fetch(`${url}/healthz`));
});

/** In a thread of its own, so that it connects while this one is busy; then it asks, and says what was answered. */
const NEWCOMER = `
  const { connect } = require('node:net');
  const { parentPort, workerData: { state, port } } = require('node:worker_threads');
  parentPort.postMessage('here');
  Atomics.wait(state, 0, 0);
  const socket = connect(port, '127.0.0.1', () => {
    Atomics.store(state, 0, 2);
    Atomics.notify(state, 0);
    socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n');
  });
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => (answer += text));
  socket.on('error', (error) => parentPort.postMessage(error.code));
  socket.on('end', () => parentPort.postMessage(answer.split('\\r\\n')[0]));
`;

test('who connects while the last turn before the closing is busy is answered, not cut off', async () => {
  const state = new Int32Array(new SharedArrayBuffer(4));
  let waits = true;
  const app = new Hono().get('/', (c) => {
    if (waits) {
      waits = false;
      Atomics.store(state, 0, 1);
      Atomics.notify(state, 0);
      Atomics.wait(state, 0, 1, 10_000);
    }
    return c.text('welcome');
  });
  const server = await listen(app, 0, '127.0.0.1');
  const newcomer = new Worker(NEWCOMER, { eval: true, workerData: { state, port: server.port } });
  const said = (): Promise<unknown> => once(newcomer, 'message').then(([word]) => word as unknown);
  await said();
  const here = connect(server.port, '127.0.0.1');
  await once(here, 'connect');
  const answered = said();
  here.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await server.close();
  assert.equal(await answered, 'HTTP/1.1 200 OK');
  here.destroy();
  await newcomer.terminate();
});

test('a port that is taken is an error of the caller’s, not a crash', async () => {
  const { service, server } = await start();
  await assert.rejects(listen(service.app, server.port, '127.0.0.1'), { code: 'EADDRINUSE' });
  await server.close();
  await service.remove();
});
