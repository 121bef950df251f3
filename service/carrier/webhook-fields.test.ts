import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { CallRecord } from '../contract.ts';
import { ServiceError } from '../errors.ts';
import { CHILD, PARENT, placeCall, RECORDING, startTestService, type TestService } from '../testing/test-service.ts';
import { dialResultEvent, legStatusEvent, recordingEvent } from './webhook-fields.ts';

const NOW = '2026-11-23T10:00:40.000Z';

let service: TestService;
let callId: string;
before(async () => {
  service = await startTestService();
  ({ callId } = await placeCall(service));
});
after(() => service.remove());

const text = fc.string({ unit: 'binary', maxLength: 60 }).map((each) => each.toWellFormed());
const number = fc.oneof(fc.integer().map(String), fc.constantFrom('1e9', '٣', '0x1', '-0', ' 7', '99999999999999'));
const any = (...usual: string[]) => fc.oneof(fc.constantFrom(...usual), text, number);

const fields = fc.record(
  {
    CallSid: any(PARENT, CHILD),
    ParentCallSid: any(PARENT, ''),
    CallStatus: any('ringing', 'completed', 'teleported'),
    DialCallStatus: any('completed', 'busy', 'bridged'),
    DialCallSid: any(CHILD),
    DialCallDuration: number,
    SequenceNumber: number,
    CallDuration: number,
    Duration: number,
    SipResponseCode: number,
    Timestamp: any('Mon, 23 Nov 2026 10:00:30 +0000', '+275760-09-13', '-000001-01-01T00:00:00Z', '12'),
    To: any('client:mona', '+201001234500', 'sip:mona@example.com'),
    From: text,
    RecordingSid: any(RECORDING),
    RecordingStatus: any('completed', 'absent', 'in-progress'),
    RecordingDuration: number,
    RecordingChannels: number,
    RecordingSource: any('DialVerb', 'RecordVerb'),
    RecordingUrl: any('http://169.254.169.254/latest', 'https://api.twilio.com/Recordings/RE1'),
    ErrorCode: any('11205'),
    ErrorUrl: any('https://dialer.example.com/x', 'javascript:alert(1)'),
    Digits: text,
  },
  { requiredKeys: [] },
);

const PATHS = [
  'webhook/status',
  'webhook/recording',
  'webhook/check-recording',
  'twiml/dial-result',
  'twiml/fallback',
  'twiml/inbound-result?after=number',
];

test('whatever a signed webhook says, it is stored, or refused with a reason: never 5xx, and the log stays readable', async () => {
  await fc.assert(
    fc.asyncProperty(fields, fc.constantFrom(...PATHS), async (sent, path) => {
      const answer = await service.asCarrier(`/api/calls/${path}`, sent);
      assert.ok([200, 204, 400, 404].includes(answer.status), `${path} ${answer.status}`);
      const record = (await (await service.asAgent(`/api/calls/${callId}`)).json()) as CallRecord;
      assert.ok(record.durationSeconds === null || record.durationSeconds >= 0);
    }),
    { numRuns: 400 },
  );
});

test('of every field, only what fits its form becomes part of an event', () => {
  fc.assert(
    fc.property(fields, (sent) => {
      const webhook = new Map(Object.entries(sent));
      for (const read of [legStatusEvent, dialResultEvent, recordingEvent]) {
        try {
          const event = read(webhook, NOW);
          const words = Object.entries(event).filter(([name]) => name !== 'firedAt');
          for (const [name, value] of words) {
            if (typeof value === 'string') assert.match(value, /^[A-Za-z0-9_:+-]{1,128}$/, name);
            else assert.ok(value === null || (Number.isInteger(value) && value >= 0), name);
          }
          assert.match(event.firedAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        } catch (error) {
          assert.ok(error instanceof ServiceError && error.status === 400, String(error));
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test('billed minutes are never taken for seconds', () => {
  const ended = { CallSid: PARENT, CallStatus: 'completed', Duration: '2', CallDuration: '76' };
  assert.equal(legStatusEvent(new Map(Object.entries(ended)), NOW).callDuration, 76);
  const { CallDuration, ...billed } = ended;
  assert.equal(CallDuration, '76');
  assert.equal(legStatusEvent(new Map(Object.entries(billed)), NOW).callDuration, null);
});
