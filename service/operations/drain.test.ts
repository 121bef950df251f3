/** The program itself, ended while it is at work. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { startProgram } from '../testing/program.ts';
import { AUTH_TOKEN, crmToken, environment } from '../testing/test-service.ts';

let directory: string;
before(() => (directory = mkdtempSync(join(tmpdir(), 'almasar-drain-'))));
after(() => rmSync(directory, { recursive: true }));

const settings = environment({
  LOG_LEVEL: 'info',
  DATABASE_URL: 'sqlite:./calls.db',
  TWILIO_API_BASE_URL: 'http://127.0.0.1:1',
});

function signed(path: string, fields: Record<string, string>): { body: string; headers: Record<string, string> } {
  const all = { AccountSid: settings['TWILIO_ACCOUNT_SID']!, ...fields };
  return {
    body: new URLSearchParams(all).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': getExpectedTwilioSignature(AUTH_TOKEN, settings['PUBLIC_URL']! + path, all),
    },
  };
}

interface Answer {
  status: number;
  connection: string | undefined;
}

/** A webhook over a connection that is kept open, as the carrier and balancers do. */
function post(url: string, path: string, fields: Record<string, string>, agent: Agent): Promise<Answer> {
  const { body, headers } = signed(path, fields);
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method: 'POST', headers, agent }, (response) => {
      response.resume().once('end', () => {
        resolve({ status: response.statusCode!, connection: response.headers.connection });
      });
    });
    sent.once('error', reject).end(body);
  });
}

const sid = () => `CA${randomUUID().replaceAll('-', '')}`;

test('SIGTERM under load: not ready at once, everything that was asked is answered, no connection is reset', async () => {
  const { url, child, ended, output } = await startProgram(settings, directory);
  const authorization = `Bearer ${await crmToken()}`;
  const stream = await fetch(`${url}/api/calls/events`, { headers: { authorization } });
  const agent = new Agent({ keepAlive: true });
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  let gone = 0;

  /** Sends as one does who never asks whether the node is ready: until nobody listens any more. */
  async function sender(): Promise<void> {
    while (failures.length === 0) {
      const fields = { CallSid: sid(), ParentCallSid: sid(), CallStatus: 'ringing' };
      try {
        answers.push(await post(url, '/api/calls/webhook/status', fields, agent));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') failures.push(error);
        gone += 1;
        return;
      }
    }
  }
  const senders = Array.from({ length: 20 }, sender);
  while (answers.length < 200 && failures.length === 0) await delay(20);
  // Waits two seconds for an intent that never comes.
  const fields = { CallSid: sid(), From: 'client:mona', CallId: randomUUID() };
  const slow = post(url, '/api/calls/twiml/outbound', fields, agent);
  await delay(50);

  const began = performance.now();
  child.kill('SIGTERM');
  while ((await fetch(`${url}/readyz`)).status !== 503) await delay(20);
  await stream.text();
  assert.equal((await fetch(`${url}/api/calls/events`, { headers: { authorization } })).status, 503);
  await Promise.all(senders);
  assert.equal((await slow).status, 200);
  assert.equal(await ended, 0);
  assert.ok(performance.now() - began < 10_000, 'it ended within ten seconds');

  assert.deepEqual(failures, []);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [204]);
  // Who keeps a connection is told so with an answer, and not before nobody new is let in.
  assert.equal(gone, senders.length);
  assert.ok(answers.filter(({ connection }) => connection === 'close').length <= 2 * senders.length);
  const errors = output()
    .split('\n')
    .filter((line) => line.includes('"level":50') && !line.includes('account could not'));
  assert.deepEqual(errors, []);
  agent.destroy();
});

test('a second signal waits for nothing', async () => {
  const { url, child, ended, output } = await startProgram(settings, directory);
  child.kill('SIGTERM');
  while ((await fetch(`${url}/readyz`)).status !== 503) await delay(20);
  child.kill('SIGTERM');
  assert.equal(await ended, 1);
  assert.match(output(), /draining/);
});
