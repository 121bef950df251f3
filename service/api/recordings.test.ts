import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { ErrorAnswer, RecordingLink } from '../contract.ts';
import { PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';

const MEDIA = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));

/** A carrier's media store that honours Range, or does not, or has nothing yet, or sends the reader elsewhere. */
let behaviour: 'ranges' | 'whole' | 'unknown length' | 'endless' | 'missing' | 'broken' | 'elsewhere' | 'in circles' =
  'whole';
/** Tells of each `endless` answer that the service has turned away from. */
const turnedAway = new EventEmitter();
const requests: IncomingMessage[] = [];
let upstream: Server;
/** Another host, as the carrier's storage is. */
let storage: Server;
const atStorage: IncomingMessage[] = [];
let service: TestService;
let time = Date.now();
let callId: string;

before(async () => {
  upstream = createServer((request, response) => {
    // Of resources, this carrier has none.
    if (request.url!.endsWith('.json')) return response.writeHead(404).end('{}');
    requests.push(request);
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    if (behaviour === 'missing') return response.writeHead(404).end();
    if (behaviour === 'broken') return response.writeHead(500).end();
    if (behaviour === 'in circles') return response.writeHead(302, { location: request.url! }).end();
    if (behaviour === 'elsewhere') {
      const location = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/signed`;
      return response.writeHead(307, { location }).end();
    }
    if (behaviour === 'endless') {
      response.on('close', () => turnedAway.emit('close'));
      return response
        .writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': 1000 })
        .write(MEDIA.subarray(1));
    }
    if (behaviour === 'unknown length') {
      response.writeHead(200, { 'content-type': 'audio/x-wav' }).write(MEDIA.subarray(0, 500));
      return response.end(MEDIA.subarray(500));
    }
    if (behaviour === 'ranges' && Number(first) >= 1000) {
      return response.writeHead(416, { 'content-range': 'bytes */1000' }).end();
    }
    if (behaviour === 'ranges' && first) {
      const range = { 'content-range': `bytes ${first}-${last}/1000`, 'content-type': 'audio/x-wav' };
      return response.writeHead(206, range).end(MEDIA.subarray(Number(first), Number(last) + 1));
    }
    return response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': 1000 }).end(MEDIA);
  });
  storage = createServer((request, response) => {
    atStorage.push(request);
    response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': 1000 }).end(MEDIA);
  });
  for (const server of [upstream, storage]) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }
  const { port } = upstream.address() as AddressInfo;
  service = await startTestService(
    { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}`, RECORDING_MEDIA_HOSTS: 'media.example.com,127.0.0.1' },
    { clock: () => new Date(time) },
  );
  ({ callId } = await placeCall(service));
});
after(async () => {
  upstream.close();
  storage.close();
  await service.remove();
});

const recorded = (status: string) =>
  service.asCarrier('/api/calls/webhook/recording', {
    CallSid: PARENT,
    RecordingSid: RECORDING,
    RecordingStatus: status,
    RecordingDuration: '20',
    RecordingUrl: 'http://169.254.169.254/latest/meta-data',
    RecordingChannels: '2',
  });

async function link(): Promise<string> {
  const answer = await service.asAgent(`/api/calls/${callId}/recordings/${RECORDING}`);
  assert.equal(answer.status, 200);
  const { url } = (await answer.json()) as RecordingLink;
  assert.ok(url.startsWith(`${service.config.publicUrl}/api/calls/`));
  return url.slice(service.config.publicUrl.length);
}

test('a recording is named while it is prepared, and plays when it is complete', async () => {
  const path = `/api/calls/${callId}/recordings/${RECORDING}`;
  assert.equal((await service.asAgent(path)).status, 404);
  await recorded('in-progress');
  const early = await service.asAgent(path);
  assert.equal(((await early.json()) as ErrorAnswer).code, 'recording-not-ready');
  await recorded('completed');
  const answer = await service.app.request(await link());
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('cache-control'), 'private, no-store');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), MEDIA);
  const asked = requests.at(-1)!;
  assert.equal(
    asked.url,
    `/2010-04-01/Accounts/${service.config.accountSid}/Recordings/${RECORDING}.wav?RequestedChannels=2`,
  );
  assert.match(asked.headers.authorization!, /^Basic /);
});

for (const kind of ['ranges', 'whole'] as const) {
  test(`seeking works on a carrier that answers ${kind}`, async () => {
    behaviour = kind;
    const answer = await service.app.request(await link(), { headers: { range: 'bytes=100-199' } });
    assert.equal(answer.status, 206);
    assert.equal(answer.headers.get('content-range'), 'bytes 100-199/1000');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), MEDIA.subarray(100, 200));
  });
}

test('a range beyond the end is answered 416, the tail with the tail', async () => {
  for (const kind of ['ranges', 'whole'] as const) {
    behaviour = kind;
    const beyond = await service.app.request(await link(), { headers: { range: 'bytes=2000-2010' } });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), 'bytes */1000');
  }
  behaviour = 'whole';
  const tail = await service.app.request(await link(), { headers: { range: 'bytes=-10' } });
  assert.deepEqual(Buffer.from(await tail.arrayBuffer()), MEDIA.subarray(990));
});

test('what no part can be cut of, or what is no range, is answered whole', async () => {
  for (const [kind, range] of [
    ['unknown length', 'bytes=100-199'],
    ['whole', 'bytes=5-2'],
    ['whole', 'seconds=1-2'],
    ['whole', 'bytes=0-1,5-6'],
  ] as const) {
    behaviour = kind;
    const answer = await service.app.request(await link(), { headers: { range } });
    assert.equal(answer.status, 200, range);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), MEDIA);
  }
});

test('the carrier’s storage is followed to once, and is not told the API key', async () => {
  behaviour = 'elsewhere';
  const answer = await service.app.request(await link(), { headers: { range: 'bytes=990-' } });
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), MEDIA.subarray(990));
  assert.equal(atStorage.length, 1);
  assert.equal(atStorage[0]!.headers.authorization, undefined);
  assert.equal(atStorage[0]!.headers.range, 'bytes=990-');
  behaviour = 'in circles';
  const sent = requests.length;
  assert.equal((await service.app.request(await link())).status, 502);
  assert.equal(requests.length, sent + 2);
  behaviour = 'whole';
});

for (const headers of [{}, { range: 'bytes=100-199' }] as Record<string, string>[]) {
  test(
    `HEAD with ${JSON.stringify(headers)} tells of the whole and fetches nothing further`,
    { timeout: 5000 },
    async (t) => {
      behaviour = 'endless';
      t.after(() => void (behaviour = 'whole'));
      const closed = once(turnedAway, 'close');
      const answer = await service.app.request(await link(), { method: 'HEAD', headers });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('content-length'), '1000');
      assert.equal(answer.headers.get('accept-ranges'), 'bytes');
      assert.equal(await answer.text(), '');
      await closed;
    },
  );
}

test('a recording can be kept as a file', async () => {
  const shown = await service.app.request(await link());
  assert.match(shown.headers.get('content-disposition')!, /^inline; filename="RE\w{32}\.wav"$/);
  const kept = await service.app.request(`${await link()}&download=1`);
  assert.match(kept.headers.get('content-disposition')!, /^attachment; filename="RE\w{32}\.wav"$/);
  await Promise.all([shown.arrayBuffer(), kept.arrayBuffer()]);
});

test('a link is for one agent, one recording and five minutes; a changed character ends it', async () => {
  const path = await link();
  for (const changed of [
    path.replace('for=mona', 'for=karim'),
    path.replace(/expires=1/, 'expires=2'),
    path.replace(RECORDING, `RE${'d'.repeat(32)}`),
    path.replace(/&signature=.*/, ''),
    ...Array.from({ length: 43 }, (_, at) =>
      path.replace(
        new RegExp(`(signature=.{${at}})(.)`),
        (_all, start: string, letter: string) =>
          start + String.fromCharCode(letter === 'z' ? 65 : letter.charCodeAt(0) + 1),
      ),
    ),
  ]) {
    assert.notEqual(changed, path);
    assert.equal((await service.app.request(changed)).status, 403);
  }
  assert.equal((await service.asAgent(`/api/calls/${callId}/recordings/${RECORDING}`, { sub: 'karim' })).status, 404);
  const sent = requests.length;
  time += 5 * 60_000 + 1;
  const late = await service.app.request(path);
  assert.equal(((await late.json()) as ErrorAnswer).code, 'link-expired');
  assert.equal(requests.length, sent);
});

test('a carrier without the media, or in trouble, is told in words', async () => {
  behaviour = 'missing';
  assert.equal((await service.app.request(await link())).status, 404);
  behaviour = 'broken';
  const broken = await service.app.request(await link());
  assert.equal(broken.status, 502);
  assert.equal(((await broken.json()) as ErrorAnswer).code, 'carrier-unreachable');
});
