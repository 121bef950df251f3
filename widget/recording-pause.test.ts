import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ErrorCode } from '../service/contract.ts';
import type { RecordingPauseResult } from './core/dialer.ts';
import { IDLE } from './core/state.ts';
import { createRecordingPauser } from './recording-pause.ts';
import { createServiceClient } from './service-client.ts';
import { stateIn } from './testing/state-in.ts';
import { StubService } from './testing/stub-service.ts';

const TALKING = stateIn('open', { recording: true });
const ROUTE = `POST /api/calls/${TALKING.call!.callId}/recording`;

describe('pausing a recording', () => {
  let service: StubService;

  beforeEach(async () => (service = await new StubService().start()));
  afterEach(() => service.stop());

  function pauser(state = TALKING) {
    const client = createServiceClient({ service: service.url, getAuthToken: async () => 'jwt' });
    return createRecordingPauser({ client, phone: { getState: () => state } });
  }

  test('asks the service about the call that is on, to pause it and to record on', async () => {
    service.on(ROUTE, 200, { callId: TALKING.call!.callId, recordingPaused: true });
    const pause = pauser();
    assert.deepEqual([await pause(true), await pause(false)], ['done', 'done']);
    assert.deepEqual(
      service.heard.map(({ route, body }) => [route, body]),
      [
        [ROUTE, { paused: true }],
        [ROUTE, { paused: false }],
      ],
    );
  });

  const ANSWERS: readonly (readonly [number, ErrorCode, RecordingPauseResult])[] = [
    [409, 'recording-not-running', 'not-running'],
    [409, 'call-over', 'not-running'],
    [422, 'not-recorded', 'not-running'],
    [404, 'not-found', 'not-running'],
    [502, 'carrier-unreachable', 'carrier-refused'],
    [503, 'service-busy', 'service-away'],
    [500, 'internal', 'service-away'],
  ];
  for (const [status, code, result] of ANSWERS) {
    test(`${code}: ${result}`, async () => {
      service.on(ROUTE, status, { code, message: '' });
      assert.equal(await pauser()(true), result);
    });
  }

  test('a service that is not there is away, and without a call nothing is asked', async () => {
    service.answer(ROUTE, (_request, response) => void response.destroy());
    assert.equal(await pauser()(true), 'service-away');
    const asked = service.heard.length;
    assert.equal(await pauser(IDLE)(true), 'not-running');
    assert.equal(service.heard.length, asked);
  });
});
