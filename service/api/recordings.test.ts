import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { ErrorAnswer, RecordingLink } from '../contract.ts';
import { PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';

const MEDIA = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));

/** A carrier's media store that honours Range, or does not, or has nothing yet. */
let behaviour: 'ranges' | 'whole' | 'missing' | 'broken' = 'whole';
const requests: IncomingMessage[] = [];
let upstream: Server;
let service: TestService;
let time = Date.now();
let callId: string;

before(async () => {
  upstream = createServer((request, response) => {
    requests.push(request);
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
    if (behaviour === 'missing') return response.writeHead(404).end();
    if (behaviour === 'broken') return response.writeHead(500).end();
    if (behaviour === 'ranges' && first) {
      const range = { 'content-range': `bytes ${first}-${last}/1000`, 'content-type': 'audio/x-wav' };
      return response.writeHead(206, range).end(MEDIA.subarray(Number(first), Number(last) + 1));
    }
    return response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': 1000 }).end(MEDIA);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  service = await startTestService(
    { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` },
    { clock: () => new Date(time) },
  );
  ({ callId } = await placeCall(service));
});
after(async () => {
  upstream.close();
  await service.remove();
});

const recorded = (status: string) =>
  service.asCarrier('/api/calls/webhook/recording', {
    CallSid: PARENT,
    RecordingSid: RECORDING,
    RecordingStatus: status,
    RecordingDuration: '20',
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
  behaviour = 'whole';
  assert.equal((await service.app.request(await link(), { headers: { range: 'bytes=2000-' } })).status, 416);
  const tail = await service.app.request(await link(), { headers: { range: 'bytes=-10' } });
  assert.deepEqual(Buffer.from(await tail.arrayBuffer()), MEDIA.subarray(990));
});

test('a link is for one agent, one recording and five minutes; a changed character ends it', async () => {
  const path = await link();
  for (const changed of [
    path.replace('for=mona', 'for=karim'),
    path.replace(/signature=./, 'signature=_'),
    path.replace(/expires=1/, 'expires=2'),
  ]) {
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
