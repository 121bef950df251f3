import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, beforeEach, test } from 'node:test';
import type { CallPage } from '../contract.ts';
import { createLogger } from '../logger.ts';
import { eventually } from '../testing/recorded-call.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { PARENT, startTestService, type TestService } from '../testing/test-service.ts';

let rest: RestStub;
let service: TestService;
let time = Date.now();
const lines: string[] = [];
before(async () => {
  rest = await startRestStub();
  const logger = createLogger('warn', { destination: { write: (line: string) => lines.push(line) } });
  const options = { clock: () => new Date(time), backgroundEveryMs: 10, logger };
  service = await startTestService({ TWILIO_API_BASE_URL: rest.url }, options);
});
after(async () => {
  await service.remove();
  await rest.close();
});
beforeEach(() => {
  rest.requests.length = 0;
  rest.answer(200);
});
const rounds = () => delay(80);
/** Of each test its own: what one leaves behind is not taken for another's. */
const recordingSid = (digit: string) => `RE${digit.repeat(32)}`;

const CHECK = { CallSid: PARENT, From: 'client:mona', Check: 'echo', To: '' };
const ask = async (path: string, fields: Record<string, string>) =>
  (await service.asCarrier(`/api/calls/${path}`, fields)).text();
const playback = (more: Record<string, string>) => ask('twiml/check-playback', { CallSid: PARENT, ...more });
const over = () => service.asCarrier('/api/calls/webhook/status', { CallSid: PARENT, CallStatus: 'completed' });

test('the agent is recorded for 4 s and hears it; the recording is deleted when the call is over', async () => {
  const recording = recordingSid('c');
  const first = await ask('twiml/outbound', CHECK);
  assert.match(first, /<Response><Record [^>]*maxLength="4"[^>]*playBeep="false"[^>]*trim="do-not-trim"/);
  assert.match(first, /action="https:[^"]*\/twiml\/check-playback#/);
  assert.match(first, /<\/Response>|<Hangup\/>/);
  assert.doesNotMatch(first, /Dial|Say/);
  const elsewhere = `https://evil.example.com/Recordings/${recording}`;
  const second = await playback({ RecordingUrl: elsewhere, RecordingDuration: '4' });
  const [, url] = /^<\?xml[^>]*\?><Response><Play>([^<]+)<\/Play><Hangup\/><\/Response>$/.exec(second) ?? [];
  const path = url!.replaceAll('&amp;', '&').slice(service.config.publicUrl.length);
  assert.ok(path.startsWith(`/api/calls/line-check/${recording}?`));
  rest.serve(`Recordings/${recording}.wav?RequestedChannels=2`, { audio: true });
  assert.equal((await service.app.request(path)).status, 200);
  assert.match(rest.requests[0]!.authorization!, /^Basic /);
  assert.equal((await service.app.request(path.replace('signature=', 'signature=x'))).status, 403);
  assert.equal((await service.app.request(path.replace(recording, recordingSid('d')))).status, 403);
  rest.requests.length = 0;
  await rounds();
  assert.deepEqual(rest.requests, []);
  await over();
  time += 3000;
  assert.equal((await rest.request(0)).line, `DELETE Recordings/${recording}.json`);
  const page = (await (await service.asAgent('/api/calls', { role: 'admin' })).json()) as CallPage;
  assert.deepEqual(page.calls, []);
});

test('an agent who hangs up too early leaves no recording behind', async () => {
  const recording = recordingSid('e');
  await ask('twiml/outbound', CHECK);
  await over();
  time += 1000;
  const told = { CallSid: PARENT, RecordingSid: recording, RecordingStatus: 'completed' };
  assert.equal((await service.asCarrier('/api/calls/webhook/check-recording', told)).status, 204);
  time += 60_000;
  assert.equal((await rest.request(0)).line, `DELETE Recordings/${recording}.json`);
});

test('a recording that the carrier does not delete yet is deleted later', async () => {
  const recording = recordingSid('f');
  await ask('twiml/outbound', CHECK);
  await playback({ RecordingSid: recording });
  const asked = () => rest.requests.filter(({ line }) => line === `DELETE Recordings/${recording}.json`).length;
  rest.answer(400, 20001);
  time += 60_000;
  // What is logged, not what is asked: only then the service knows when to ask again, and the clock stands still.
  await eventually(() => lines.some((line) => line.includes(recording) && line.includes('tried again')));
  assert.equal(asked(), 1);
  rest.answer(204);
  time += 5000;
  await eventually(() => asked() === 2);
  await rounds();
  time += 60_000;
  await rounds();
  assert.equal(asked(), 2);
});

test('nothing recorded: nothing is played and nothing deleted', async () => {
  await ask('twiml/outbound', { ...CHECK, CallSid: `CA${'1'.repeat(32)}` });
  assert.doesNotMatch(await ask('twiml/check-playback', { CallSid: `CA${'1'.repeat(32)}` }), /<Play/);
  time += 60_000;
  await rounds();
  assert.deepEqual(rest.requests, []);
});

test('only an agent’s browser can ask for a check', async () => {
  for (const fields of [
    { ...CHECK, From: '+201001234500' },
    { ...CHECK, Check: 'loud' },
  ]) {
    assert.doesNotMatch(await ask('twiml/outbound', fields), /<Record|<Dial/);
  }
});
