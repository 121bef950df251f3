import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startMediaStub, type MediaStub } from '../testing/media-stub.ts';
import { newSid } from '../testing/outgoing-calls.ts';
import { AUDIO, eventually, startRecordedCall, type RecordedCall } from '../testing/recorded-call.ts';
import { placeCall, RECORDING } from '../testing/test-service.ts';

let stub: MediaStub;
let call: RecordedCall;
let folder: string;

before(async () => (stub = await startMediaStub()));
after(() => stub.close());
beforeEach(() => {
  stub.reset();
  folder = mkdtempSync(join(tmpdir(), 'almasar-copies-'));
});
afterEach(async () => {
  await call.service.remove();
  rmSync(folder, { recursive: true });
});

const inFolder = () => ({ RECORDING_COPIES: `file:${folder}` });
const inBucket = () => ({
  RECORDING_COPIES: 's3://bucket/calls/',
  S3_ENDPOINT: stub.url,
  S3_ACCESS_KEY_ID: 'the-key',
  S3_SECRET_ACCESS_KEY: 'the secret of the bucket',
});

const copyOf = (recordingSid: string) => join(folder, recordingSid.slice(2, 4), `${recordingSid}.wav`);
const copied = () => readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.wav'));
const asked = (recordingSid: string) => stub.asked.filter((line) => line === `GET carrier ${recordingSid}`).length;
const remove = () => call.ask(`/recordings/${RECORDING}`, 'supervisor', 'DELETE');

async function figure(result: string): Promise<number> {
  const headers = { authorization: 'Bearer whoever-reads-figures' };
  const text = await (await call.service.app.request('/metrics', { headers })).text();
  const line = new RegExp(`^almasar_recording_copies_total\\{result="${result}"\\} (\\d+)$`, 'm').exec(text);
  return Number(line?.[1] ?? 0);
}

test('in a folder: played from there, a part at a time, when the carrier has nothing any more', async () => {
  call = await startRecordedCall(stub, { ...inFolder(), RECORDING_DELETE_AT_CARRIER: 'on' });
  await call.told('completed');
  await eventually(() => !stub.carrier.has(RECORDING));
  assert.equal(await call.statusNow(), 'completed');
  assert.equal(copied().length, 1);
  assert.deepEqual(readFileSync(copyOf(RECORDING)), AUDIO);
  assert.equal(await (await call.play()).text(), AUDIO.toString());
  const part = await call.play('bytes=6-9');
  assert.equal(part.status, 206);
  assert.equal(await part.text(), AUDIO.subarray(6, 10).toString());
  await remove();
  await eventually(() => copied().length === 0);
});

test('what the account’s own key encrypts is not taken from the carrier: only there is said how it is opened', async () => {
  stub.encrypted.add(RECORDING);
  call = await startRecordedCall(stub, { ...inFolder(), RECORDING_DELETE_AT_CARRIER: 'on' });
  await call.told('completed');
  await eventually(async () => (await figure('copied')) === 1);
  const plain = `RE${'d'.repeat(32)}`;
  stub.carrier.set(plain, AUDIO);
  await call.told('completed', plain);
  await eventually(() => !stub.carrier.has(plain));
  assert.ok(stub.carrier.has(RECORDING));
  await remove();
  await eventually(() => !stub.carrier.has(RECORDING) && copied().length === 1);
});

test('in a folder nothing is written elsewhere: the place for temporary files may be missing', async () => {
  const before = process.env['TMPDIR'];
  call = await startRecordedCall(stub, inFolder());
  process.env['TMPDIR'] = '/nowhere';
  try {
    await call.told('completed');
    await eventually(() => copied().length === 1);
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
});

test('in a bucket: signed requests, its secret nowhere else', async () => {
  call = await startRecordedCall(stub, inBucket());
  await call.told('completed');
  await eventually(() => stub.bucket.has(`calls/${RECORDING}.wav`));
  assert.deepEqual(stub.bucket.get(`calls/${RECORDING}.wav`), AUDIO);
  assert.match(stub.authorizations[0]!, /^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/us-east-1\/s3\/aws4_request/);
  assert.ok(stub.carrier.has(RECORDING));
  stub.asked.length = 0;
  assert.equal(await (await call.play()).text(), AUDIO.toString());
  assert.deepEqual(stub.asked, [`GET bucket calls/${RECORDING}.wav`]);
  await remove();
  await eventually(() => stub.bucket.size === 0 && stub.carrier.size === 0);
});

test('the carrier does not have the audio yet: it is asked again when its time has come', async () => {
  call = await startRecordedCall(stub, inBucket());
  stub.carrier.clear();
  stub.unfinished.add(RECORDING);
  await call.told('completed');
  await eventually(async () => (await figure('failed')) === 1);
  stub.carrier.set(RECORDING, AUDIO);
  call.moveTo(6000);
  await eventually(() => stub.bucket.size === 1);
});

test('recordings that the carrier lacks hold up no other, and are not asked for in every round', async () => {
  call = await startRecordedCall(stub, { ...inFolder(), RECORDING_DELETE_AT_CARRIER: 'on' });
  stub.carrier.clear();
  const lacking = Array.from({ length: 21 }, (_, index) => `RE${index.toString(16).padStart(32, '0')}`);
  const recorded = async (recordingSid: string) => {
    const callSid = newSid();
    await placeCall(call.service, callSid);
    await call.told('completed', recordingSid, callSid);
  };
  for (const recordingSid of lacking) await recorded(recordingSid);
  stub.carrier.set(RECORDING, AUDIO);
  await recorded(RECORDING);
  await eventually(() => copied().length === 1 && !stub.carrier.has(RECORDING));
  await eventually(async () => (await figure('failed')) === lacking.length);
  assert.deepEqual(new Set(lacking.map(asked)), new Set([1]));
});

test('a recording that somebody deleted at the carrier is deleted in the log, and who did it in the audit', async () => {
  call = await startRecordedCall(stub, inFolder());
  stub.carrier.clear();
  await call.told('completed');
  for (let failed = 1; failed <= 5; failed += 1) {
    await eventually(async () => (await figure('failed')) === failed);
    assert.equal(await call.statusNow(), 'completed');
    call.moveTo(failed * 7_200_000);
  }
  await eventually(async () => (await figure('gone')) === 1);
  assert.equal(await call.statusNow(), 'deleted');
  const [deletion] = await call.deletions();
  assert.deepEqual([deletion?.by, deletion?.subject], ['carrier', `${call.callId}/${RECORDING}`]);
});

test('a copy that came and was not noted is no recording that is gone', async () => {
  call = await startRecordedCall(stub, inBucket());
  stub.carrier.clear();
  stub.bucket.set(`calls/${RECORDING}.wav`, AUDIO);
  await call.told('completed');
  await eventually(async () => (await figure('copied')) === 1);
  assert.equal(await call.statusNow(), 'completed');
});

test('what is cut off or has no end is not kept', async () => {
  call = await startRecordedCall(stub, inFolder());
  stub.cutOff = true;
  await call.told('completed');
  await eventually(async () => (await figure('failed')) === 1);
  assert.deepEqual(
    readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('RE')),
    [],
  );
  stub.cutOff = false;
  call.moveTo(6000);
  await eventually(() => copied().length === 1);
});
