import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { ErrorAnswer } from '../contract.ts';
import { startMediaStub, type MediaStub } from '../testing/media-stub.ts';
import { eventually, startRecordedCall, type RecordedCall } from '../testing/recorded-call.ts';
import { RECORDING } from '../testing/test-service.ts';

const DAY_MS = 86_400_000;
let stub: MediaStub;
let call: RecordedCall;

before(async () => (stub = await startMediaStub()));
after(() => stub.close());
beforeEach(() => stub.reset());
afterEach(() => call.service.remove());

const remove = (role?: string) => call.ask(`/recordings/${RECORDING}`, role, 'DELETE');

describe('deletion', { timeout: 20_000 }, () => {
  test('is for supervisors; takes the audio away everywhere, and no late callback brings it back', async () => {
    call = await startRecordedCall(stub);
    await call.told('completed');
    assert.equal((await remove('agent')).status, 403);
    assert.equal((await remove()).status, 204);
    assert.equal(await call.statusNow(), 'deleted');
    await eventually(() => !stub.carrier.has(RECORDING));
    await call.told('completed');
    await call.told('in-progress');
    assert.equal(await call.statusNow(), 'deleted');
    const again = await call.ask(`/recordings/${RECORDING}`);
    assert.equal(again.status, 410);
    assert.equal(((await again.json()) as ErrorAnswer).code, 'recording-deleted');
  });

  test('goes on until the carrier has obeyed', async () => {
    call = await startRecordedCall(stub);
    stub.refuseDeletion = 500;
    await call.told('completed');
    await remove();
    const asked = () => stub.asked.filter((line) => line === `DELETE carrier ${RECORDING}`).length;
    // What is logged, not what is asked: only then the service knows when to ask again.
    const refused = () => call.logged('a recording could not be deleted: tried again');
    await eventually(() => refused() === 1);
    assert.equal(asked(), 1);
    call.moveTo(6000);
    await eventually(() => refused() === 2);
    assert.equal(asked(), 2);
    stub.refuseDeletion = undefined;
    call.moveTo(17_000);
    await eventually(() => !stub.carrier.has(RECORDING));
  });
});

describe('retention', { timeout: 20_000 }, () => {
  test('deletes what is older than its days, and nothing before', async () => {
    call = await startRecordedCall(stub, { RECORDING_RETENTION_DAYS: '90' });
    await call.told('completed');
    call.moveTo(89 * DAY_MS);
    await delay(100);
    assert.equal(await call.statusNow(), 'completed');
    call.moveTo(90 * DAY_MS + 60_000);
    await eventually(async () => (await call.statusNow()) === 'deleted');
    await eventually(() => !stub.carrier.has(RECORDING));
    assert.deepEqual(await call.deletions(), [
      { by: 'retention', subject: `${call.callId}/${RECORDING}`, after: { days: 90 } },
    ]);
  });

  test('deletes one, too, of which the carrier never told that it was finished', async () => {
    call = await startRecordedCall(stub, { RECORDING_RETENTION_DAYS: '90' });
    await call.told('in-progress');
    call.moveTo(90 * DAY_MS + 60_000);
    await eventually(async () => (await call.statusNow()) === 'deleted');
    await eventually(() => !stub.carrier.has(RECORDING));
  });

  test('is off by default', async () => {
    call = await startRecordedCall(stub);
    await call.told('completed');
    call.moveTo(5000 * DAY_MS);
    await delay(100);
    assert.equal(await call.statusNow(), 'completed');
  });
});
