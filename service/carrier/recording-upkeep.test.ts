import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { AuditPage } from '../admin-contract.ts';
import type { CallRecord, ErrorAnswer, RecordingLink } from '../contract.ts';
import { startMediaStub, type MediaStub } from '../testing/media-stub.ts';
import { crmToken, PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';

const AUDIO = Buffer.from('RIFF: what the two of them said');
const DAY_MS = 86_400_000;
let stub: MediaStub;
let service: TestService;
let aheadMs: number;
let callId: string;

before(async () => (stub = await startMediaStub()));
after(() => stub.close());
beforeEach(() => {
  aheadMs = 0;
  stub.refuseDeletion = undefined;
  stub.asked.length = 0;
  stub.authorizations.length = 0;
  stub.carrier.clear();
  stub.bucket.clear();
});
afterEach(() => service.remove());

async function start(settings: Record<string, string> = {}): Promise<void> {
  service = await startTestService(
    { TWILIO_API_BASE_URL: stub.url, ...settings },
    { clock: () => new Date(Date.now() + aheadMs), backgroundEveryMs: 10 },
  );
  stub.carrier.set(RECORDING, AUDIO);
  ({ callId } = await placeCall(service));
}

const told = (status: string) =>
  service.asCarrier('/api/calls/webhook/recording', {
    CallSid: PARENT,
    RecordingSid: RECORDING,
    RecordingStatus: status,
    RecordingDuration: '20',
  });

async function ask(path: string, role = 'supervisor', method = 'GET'): Promise<Response> {
  const issuedAt = Math.floor((Date.now() + aheadMs) / 1000);
  const bearer = await crmToken({ role, issuedAt, expiresAt: issuedAt + 300 });
  return service.asAgent(`/api/calls/${callId}${path}`, { bearer, method });
}
const remove = (role?: string) => ask(`/recordings/${RECORDING}`, role, 'DELETE');
const statusNow = async () => ((await (await ask('')).json()) as CallRecord).recordings[0]?.status;

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(10);
}

async function play(range?: string): Promise<Response> {
  const { url } = (await (await ask(`/recordings/${RECORDING}`)).json()) as RecordingLink;
  const headers = range === undefined ? {} : { range };
  return service.app.request(url.slice(service.config.publicUrl.length), { headers });
}

describe('deletion', { timeout: 20_000 }, () => {
  test('is for supervisors; takes the audio away everywhere, and no late callback brings it back', async () => {
    await start();
    await told('completed');
    assert.equal((await remove('agent')).status, 403);
    assert.equal((await remove()).status, 204);
    assert.equal(await statusNow(), 'deleted');
    await eventually(() => !stub.carrier.has(RECORDING));
    await told('completed');
    await told('in-progress');
    assert.equal(await statusNow(), 'deleted');
    const again = await ask(`/recordings/${RECORDING}`);
    assert.equal(again.status, 410);
    assert.equal(((await again.json()) as ErrorAnswer).code, 'recording-deleted');
  });

  test('goes on until the carrier has obeyed', async () => {
    await start();
    stub.refuseDeletion = 500;
    await told('completed');
    await remove();
    const asked = () => stub.asked.filter((line) => line === `DELETE carrier ${RECORDING}`).length;
    await eventually(() => asked() === 1);
    aheadMs += 6000;
    await eventually(() => asked() === 2);
    stub.refuseDeletion = undefined;
    aheadMs += 11_000;
    await eventually(() => !stub.carrier.has(RECORDING));
  });
});

describe('retention', { timeout: 20_000 }, () => {
  test('deletes what is older than its days, and nothing before', async () => {
    await start({ RECORDING_RETENTION_DAYS: '90' });
    await told('completed');
    aheadMs = 89 * DAY_MS;
    await delay(100);
    assert.equal(await statusNow(), 'completed');
    aheadMs = 90 * DAY_MS + 60_000;
    await eventually(async () => (await statusNow()) === 'deleted');
    await eventually(() => !stub.carrier.has(RECORDING));
    const issuedAt = Math.floor((Date.now() + aheadMs) / 1000);
    const bearer = await crmToken({ role: 'admin', issuedAt, expiresAt: issuedAt + 300 });
    const audit = await service.asAgent('/api/calls/audit', { bearer });
    const { entries } = (await audit.json()) as AuditPage;
    assert.deepEqual(
      entries.map(({ agent, action, subject, after }) => ({ agent, action, subject, after })),
      [
        {
          agent: { id: 'retention', role: null },
          action: 'recording-deleted',
          subject: `${callId}/${RECORDING}`,
          after: { days: 90 },
        },
      ],
    );
  });

  test('is off by default', async () => {
    await start();
    await told('completed');
    aheadMs = 5000 * DAY_MS;
    await delay(100);
    assert.equal(await statusNow(), 'completed');
  });
});

describe('copies', { timeout: 20_000 }, () => {
  const bucket = () => ({
    RECORDING_COPIES: 's3://bucket/calls/',
    S3_ENDPOINT: stub.url,
    S3_ACCESS_KEY_ID: 'the-key',
    S3_SECRET_ACCESS_KEY: 'the secret of the bucket',
  });

  test('in a folder: played from there, a part at a time, when the carrier has nothing any more', async () => {
    await start();
    const folder = join(service.directory, 'copies');
    await service.remove();
    await start({ RECORDING_COPIES: `file:${folder}`, RECORDING_DELETE_AT_CARRIER: 'on' });
    await told('completed');
    await eventually(() => !stub.carrier.has(RECORDING));
    assert.deepEqual(await statusNow(), 'completed');
    assert.deepEqual(readdirSync(join(folder, RECORDING.slice(2, 4))), [`${RECORDING}.wav`]);
    assert.deepEqual(readFileSync(join(folder, RECORDING.slice(2, 4), `${RECORDING}.wav`)), AUDIO);
    assert.equal(await (await play()).text(), AUDIO.toString());
    const part = await play('bytes=6-9');
    assert.equal(part.status, 206);
    assert.equal(await part.text(), AUDIO.subarray(6, 10).toString());
    await remove();
    await eventually(() => readdirSync(join(folder, RECORDING.slice(2, 4))).length === 0);
  });

  test('in a bucket: signed requests, its secret nowhere else', async () => {
    await start(bucket());
    await told('completed');
    await eventually(() => stub.bucket.has(`calls/${RECORDING}.wav`));
    assert.deepEqual(stub.bucket.get(`calls/${RECORDING}.wav`), AUDIO);
    assert.match(stub.authorizations[0]!, /^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/us-east-1\/s3\/aws4_request/);
    assert.ok(stub.carrier.has(RECORDING));
    stub.asked.length = 0;
    assert.equal(await (await play()).text(), AUDIO.toString());
    assert.deepEqual(stub.asked, [`GET bucket calls/${RECORDING}.wav`]);
    await remove();
    await eventually(() => stub.bucket.size === 0 && stub.carrier.size === 0);
  });

  test('the carrier does not have the audio yet: it is asked again', async () => {
    await start(bucket());
    stub.carrier.clear();
    await told('completed');
    await eventually(() => stub.asked.includes(`GET carrier ${RECORDING}`));
    assert.equal(stub.bucket.size, 0);
    stub.carrier.set(RECORDING, AUDIO);
    await eventually(() => stub.bucket.size === 1);
  });
});
