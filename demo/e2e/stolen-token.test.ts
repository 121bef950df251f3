import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { CallPage, TokenAnswer } from '../../service/contract.ts';
import { asAgent } from './as-agent.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { startDemoProcess, type DemoProcess } from './demo-process.ts';

/** Somebody has got hold of an agent's access token and calls with the bare SDK, past widget and intent. */
let demo: DemoProcess;
let browser: AgentBrowser;
before(async () => {
  demo = await startDemoProcess();
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.stop();
  assert.deepEqual(browser.strayRequests, []);
});

const SDK = readFileSync(new URL('../../node_modules/@twilio/voice-sdk/dist/twilio.min.js', import.meta.url));

test('a call without an intent reaches nobody: it is told so, ended, and not in the log', async () => {
  const html = await (await fetch(`${demo.url}/call-center`)).text();
  const [, sandbox] = /<script src="(http:\/\/[^"]+)\/almasar-sandbox\.js"/.exec(html)!;
  const page = await browser.context.newPage();
  const server = createServer((request, response) => {
    if (request.url === '/twilio.js') return response.end(SDK);
    response.setHeader('content-type', 'text/html');
    return response.end(`<script src="${sandbox}/almasar-sandbox.js"></script><script src="/twilio.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const { accessToken } = (await (await asAgent(demo.url, '/api/calls/token', 'POST')).json()) as TokenAnswer;
    const events = await page.evaluate(async (token) => {
      interface Emitter {
        on(event: string, listener: () => void): void;
      }
      interface Sdk {
        Device: new (token: string, options: object) => { connect(options: object): Promise<Emitter> };
      }
      const { Device } = (window as unknown as { Twilio: Sdk }).Twilio;
      const silent = 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=';
      const keys = ['incoming', 'outgoing', 'disconnect', ...Array.from('0123456789sh', (key) => `dtmf${key}`)];
      const sounds = Object.fromEntries(keys.map((key) => [key, silent]));
      const device = new Device(token, { sounds, logLevel: 'silent' });
      const call = await device.connect({ params: { To: '+201001234500', CallId: crypto.randomUUID() } });
      const heard: string[] = [];
      return new Promise<string[]>((resolve) => {
        for (const event of ['ringing', 'accept', 'error']) call.on(event, () => heard.push(event));
        call.on('disconnect', () => resolve([...heard, 'disconnect']));
      });
    }, accessToken);
    // Answered by the carrier's own voice, never by a customer.
    assert.deepEqual(events, ['accept', 'disconnect']);
  } finally {
    await page.close();
    server.close();
  }
  const { calls } = (await (await asAgent(demo.url, '/api/calls')).json()) as CallPage;
  assert.deepEqual(calls, []);
  const legs = (await (await fetch(`${sandbox}/sandbox/calls`)).json()) as { calls: { direction: string }[] };
  assert.deepEqual(
    legs.calls.map((leg) => leg.direction),
    ['inbound'],
    'the carrier has dialled nobody',
  );
});

test('without a signature, a webhook changes nothing; without a JWT, nobody gets anything', async () => {
  const webhook = await fetch(`${demo.url}/api/calls/webhook/status`, {
    method: 'POST',
    body: new URLSearchParams({ CallSid: `CA${'1'.repeat(32)}`, CallStatus: 'completed' }),
  });
  assert.equal(webhook.status, 403);
  for (const path of ['/api/calls', '/api/calls/events']) {
    assert.equal((await fetch(`${demo.url}${path}`, { headers: { origin: demo.url } })).status, 401);
  }
});
