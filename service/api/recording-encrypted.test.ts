import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallRecord, ErrorAnswer } from '../contract.ts';
import { startRestStub, type RestStub } from '../testing/rest-stub.ts';
import { PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';

let rest: RestStub;
let service: TestService;
let callId: string;
before(async () => {
  rest = await startRestStub();
  service = await startTestService({ TWILIO_API_BASE_URL: rest.url });
  callId = (await placeCall(service)).callId;
});
after(async () => {
  await service.remove();
  await rest.close();
});

const PLAIN = `RE${'d'.repeat(32)}`;
const ABSENT = `RE${'e'.repeat(32)}`;
const told = (recordingSid: string, status: string, more: Record<string, string> = {}) =>
  service.asCarrier('/api/calls/webhook/recording', {
    CallSid: PARENT,
    RecordingSid: recordingSid,
    RecordingStatus: status,
    ...more,
  });
const resource = (sid: string, encryption_details: unknown) =>
  rest.serve(`Recordings/${sid}.json`, {
    sid,
    status: 'completed',
    duration: '7',
    channels: 2,
    source: 'DialVerb',
    error_code: null,
    encryption_details,
  });
const open = (sid: string, method = 'GET') =>
  service.asAgent(`/api/calls/${callId}/recordings/${sid}`, {
    method,
    ...(method !== 'GET' && { role: 'supervisor' }),
  });
const refused = async (answer: Response) => [answer.status, ((await answer.json()) as ErrorAnswer).code];
async function recordings() {
  return ((await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord).recordings;
}

test('a recording that the account’s own key encrypts is told so, in the log too, and can be deleted', async () => {
  await told(RECORDING, 'completed', { RecordingDuration: '7', RecordingChannels: '2' });
  resource(RECORDING, { type: 'rsa-aes', public_key_sid: `CR${'1'.repeat(32)}`, encrypted_cek: 'k', iv: 'i' });
  const before = await recordings();
  assert.deepEqual(await refused(await open(RECORDING)), [422, 'recording-encrypted']);
  assert.deepEqual(await recordings(), [{ ...before[0]!, encrypted: true }]);
  const count = rest.requests.length;
  assert.deepEqual(await refused(await open(RECORDING)), [422, 'recording-encrypted']);
  assert.equal(rest.requests.length, count, 'what is known is not asked again');
  // A callback that comes late changes nothing.
  await told(RECORDING, 'completed', { RecordingDuration: '7', RecordingChannels: '2' });
  assert.equal((await recordings())[0]!.encrypted, true);
  assert.equal((await open(RECORDING, 'DELETE')).status, 204);
  assert.equal((await recordings())[0]!.status, 'deleted');
});

test('one that is not encrypted is opened, and the carrier asked once; also while it cannot be asked', async () => {
  await told(PLAIN, 'completed');
  rest.answer(500);
  assert.equal((await open(PLAIN)).status, 200);
  rest.answer(200);
  resource(PLAIN, null);
  assert.equal((await open(PLAIN)).status, 200);
  const count = rest.requests.length;
  assert.equal((await open(PLAIN)).status, 200);
  assert.equal(rest.requests.length, count);
});

test('why there is no recording is kept, in the carrier’s code', async () => {
  await told(ABSENT, 'absent', { ErrorCode: '13238' });
  const absent = (await recordings()).find((each) => each.recordingSid === ABSENT);
  assert.deepEqual([absent!.status, absent!.errorCode], ['absent', 13238]);
  const answer = await open(ABSENT);
  assert.equal(answer.status, 404);
  assert.match(((await answer.json()) as ErrorAnswer).message, /13238/);
});
