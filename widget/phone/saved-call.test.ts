import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test, type TestContext } from 'node:test';
import type { Call } from '../core/state.ts';
import { PhoneStage, settle } from '../testing/phone-stage.ts';

const CALL: Call = {
  callId: 'a',
  direction: 'incoming',
  number: '+201001234500',
  name: null,
  line: null,
  record: true,
  muted: false,
  accepting: false,
  recording: false,
  recordingPaused: false,
  startedAt: 1,
  ringingAt: null,
  openedAt: 2,
  endedAt: null,
};
const LOST = { outcome: null, problem: { code: 'connection-lost', carrierCode: null } };

describe('a call that outlives its page', () => {
  let stage: PhoneStage;
  beforeEach(() => (stage = new PhoneStage()));
  afterEach(() => stage.phone.close());

  async function open(): Promise<void> {
    stage.phone.connect('a');
    await settle();
    stage.device.call.open();
    stage.facts = [];
  }

  test('there is something to save while it is open, and only then', async () => {
    assert.equal(stage.phone.save(), null);
    stage.phone.connect('a');
    await settle();
    assert.equal(stage.phone.save(), null);
    stage.device.call.open();
    assert.equal(stage.phone.save(), 'connect token');
    stage.phone.disconnect('a');
    assert.equal(stage.phone.save(), null);
  });

  test('closed with the call kept: nobody hangs up, and nothing is told', async () => {
    await open();
    stage.phone.close(true);
    stage.page.tell('pagehide');
    await settle();
    assert.deepEqual(stage.device.call.asked, []);
    assert.equal(stage.device.destroyed, false);
    assert.deepEqual(stage.facts, []);
    assert.ok(stage.page.dispatchEvent(new Event('beforeunload', { cancelable: true })), 'nobody asks any more');
    stage.page.tell('pageshow');
    assert.equal(stage.device.destroyed, true, 'the page is back, and nobody speaks for the call');
  });

  test('closed with the call kept while another rings: that one is left to others', async () => {
    await stage.receiving();
    const first = stage.device.arrive({ CallId: 'a' });
    stage.phone.accept('a');
    await settle();
    first.open();
    const second = stage.device.arrive({ CallId: 'b' });
    stage.phone.close(true);
    assert.deepEqual(second.asked, [['ignore']]);
    assert.deepEqual(first.asked, [['accept']]);
  });

  test('closed with a call that is not open yet: there is nothing to keep', async () => {
    stage.phone.connect('a');
    await settle();
    stage.phone.close(true);
    assert.equal(stage.device.destroyed, true);
    assert.equal(stage.microphone.live(), 0);
  });

  test('taken up again: told at once, restored when the SDK says so, and a call like any other then', async () => {
    stage.phone.resume({ call: CALL, connectToken: 'saved' });
    assert.deepEqual(stage.facts, [{ type: 'call-resumed', call: CALL }]);
    await settle();
    assert.deepEqual(stage.device.connectTokens, ['saved']);
    stage.device.call.emit('ringing');
    stage.device.call.open();
    assert.deepEqual(stage.types(), ['call-resumed', 'call-rang', 'connection-restored']);
    assert.equal(stage.device.call.isMuted(), false);
    assert.equal(stage.phone.save(), 'connect token');
    stage.device.call.close();
    await settle();
    assert.deepEqual(stage.ends(), [['a', { outcome: null, problem: null }]]);
    assert.equal(stage.microphone.live(), 0);
  });

  test('muted before, it is muted before anybody hears', async () => {
    stage.phone.resume({ call: { ...CALL, muted: true }, connectToken: 'saved' });
    await settle();
    assert.equal(stage.device.call.isMuted(), true);
  });

  test('the call is over meanwhile: lost', async () => {
    stage.phone.resume({ call: CALL, connectToken: 'saved' });
    await settle();
    stage.device.call.emit('error', { code: 31005, originalError: { code: 31209 } });
    stage.device.call.close();
    await settle();
    assert.deepEqual(stage.ends(), [['a', LOST]]);
    assert.equal(stage.microphone.live(), 0);
  });

  test('no microphone any more: lost', async () => {
    stage.microphone.refusal = 'NotFoundError';
    stage.phone.resume({ call: CALL, connectToken: 'saved' });
    await settle();
    assert.deepEqual(stage.ends(), [['a', LOST]]);
  });

  test('hung up while it is being taken up: that is no loss', async () => {
    stage.phone.resume({ call: CALL, connectToken: 'saved' });
    await settle();
    stage.phone.disconnect('a');
    assert.deepEqual(stage.ends(), [['a', { outcome: null, problem: null }]]);
    assert.deepEqual(stage.device.call.asked, [['disconnect']]);
  });

  test('not here within 8 s: lost', async (t: TestContext) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1e12 });
    stage.phone.resume({ call: CALL, connectToken: 'saved' });
    await settle();
    t.mock.timers.tick(7999);
    assert.deepEqual(stage.ends(), []);
    t.mock.timers.tick(1);
    assert.deepEqual(stage.ends(), [['a', LOST]]);
    assert.deepEqual(stage.device.call.asked, [['disconnect']]);
  });
});
