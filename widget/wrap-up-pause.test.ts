import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Reach } from './core/reach.ts';
import type { DialerState } from './core/state.ts';
import type { ServiceDialer } from './dialer.ts';
import { dialerAt } from './testing/dialer-at.ts';
import type { ScriptedPhone } from './testing/scripted-phone.ts';
import { StubService } from './testing/stub-service.ts';

describe('a pause for wrap-up', () => {
  let service: StubService;
  let phone: ScriptedPhone;
  let dialer: ServiceDialer;

  async function make(pauseForWrapUp: boolean): Promise<void> {
    ({ dialer, phone } = dialerAt(service.url, { receiveCalls: true, pauseForWrapUp }));
    await service.until(() => service.streams.size === 1);
  }

  beforeEach(async () => {
    service = await new StubService().start();
    service.answer('POST /api/calls', ({ body }, response) => {
      const line = '+20223456789';
      response.writeHead(201).end(JSON.stringify({ ...(body as object), callerId: line, line, expiresAt: '' }));
    });
  });

  afterEach(async () => {
    dialer.close();
    await service.stop();
  });

  function until(holds: (state: DialerState) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(dialer.getState())) return;
        stop();
        resolve();
      };
      const stop = dialer.subscribe(look);
      look();
    });
  }

  async function talk(): Promise<void> {
    dialer.dial('01001234501');
    await until(({ call }) => call?.number === '+201001234501');
    phone.report({ type: 'call-opened', callId: dialer.getState().call!.callId, at: 1 });
    assert.equal(dialer.getState().reach, 'ready', 'a second customer may wait');
  }

  async function hangUp(): Promise<void> {
    const { callId } = dialer.getState().call!;
    dialer.hangUp();
    assert.equal(dialer.getState().phase, 'ending');
    phone.end(callId, { outcome: 'answered', problem: null });
    service.sendCall({ callId, status: 'ended', outcome: 'answered', recordings: [] });
    await until(({ phase }) => phase === 'ended');
  }

  const reach = (): Reach => dialer.getState().reach;

  test('customers are kept away from the hang-up until it is closed; then the agent is as before', async () => {
    await make(true);
    await talk();
    await hangUp();
    assert.equal(reach(), 'away');
    phone.report({ type: 'reach-changed', reach: 'offline' });
    assert.equal(reach(), 'offline', 'trouble is said all the same');
    phone.report({ type: 'reach-changed', reach: 'ready' });
    assert.equal(reach(), 'away');
    dialer.dismiss();
    assert.deepEqual([dialer.getState().phase, reach()], ['idle', 'ready']);
    assert.equal(phone.asked.filter(([method]) => method === 'receive').length, 1, 'the phone stays connected');
  });

  test('the next call ends it too, and an agent who was away stays so', async () => {
    await make(true);
    await talk();
    await hangUp();
    await talk();
    dialer.setAvailable(false);
    await hangUp();
    dialer.dismiss();
    assert.equal(reach(), 'away');
  });

  test('the switch takes customers again before it is closed, for this call', async () => {
    await make(true);
    await talk();
    await hangUp();
    dialer.setAvailable(true);
    assert.deepEqual([dialer.getState().phase, reach()], ['ended', 'ready']);
    await talk();
    await hangUp();
    assert.equal(reach(), 'away');
  });

  test('nobody talked, or nobody asked for it: no pause', async () => {
    await make(true);
    dialer.dial('01001234501');
    await until(({ call }) => call?.number === '+201001234501');
    dialer.hangUp();
    phone.end(dialer.getState().call!.callId, { outcome: 'canceled', problem: null });
    await until(({ phase }) => phase === 'ended');
    assert.equal(reach(), 'ready');
    dialer.close();
    await service.until(() => service.streams.size === 0);
    await make(false);
    await talk();
    await hangUp();
    assert.equal(reach(), 'ready');
  });

  test('the agent learns which of several numbers the customer sees', async () => {
    await make(true);
    await talk();
    assert.equal(dialer.getState().call!.line, '+20223456789');
  });
});
