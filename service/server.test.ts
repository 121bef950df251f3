import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
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

test('a port that is taken is an error of the caller’s, not a crash', async () => {
  const { service, server } = await start();
  await assert.rejects(listen(service.app, server.port, '127.0.0.1'), { code: 'EADDRINUSE' });
  await server.close();
  await service.remove();
});
