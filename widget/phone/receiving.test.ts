import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PhoneStage, settle } from '../testing/phone-stage.ts';
import type { ScriptedCall } from '../testing/scripted-sdk.ts';

const MISSED = { outcome: 'missed', problem: null };

describe('a phone that receives calls', () => {
  let stage: PhoneStage;
  beforeEach(() => (stage = new PhoneStage()));
  afterEach(() => stage.phone.close());

  test('switched on it is registered and ready, switched off it is neither', async () => {
    stage.phone.receive(true);
    await settle();
    assert.deepEqual(stage.reaches(), ['connecting', 'ready']);
    assert.equal(stage.device.state, 'registered');
    stage.phone.receive(false);
    await settle();
    assert.equal(stage.reaches().at(-1), 'off');
    assert.equal(stage.device.state, 'unregistered');
    stage.phone.receive(true);
    await settle();
    assert.equal(stage.reaches().at(-1), 'ready');
    assert.equal(stage.sdk.devices.length, 1);
  });

  test('switched off, what the SDK registers again by itself is unregistered', async () => {
    await stage.receiving();
    stage.phone.receive(false);
    await settle();
    stage.device.become('registered');
    const call = stage.device.arrive({ CallId: 'a' });
    await settle();
    assert.equal(stage.device.state, 'unregistered');
    assert.deepEqual(call.asked, [['reject']]);
    assert.deepEqual(stage.reaches(), ['off']);
  });

  test('on, off and on again before anything was loaded: on', async () => {
    stage.phone.receive(true);
    stage.phone.receive(false);
    stage.phone.receive(true);
    await settle();
    assert.deepEqual(stage.reaches(), ['connecting', 'ready']);
  });

  test('a customer’s call arrives with what the service sent along', async () => {
    await stage.receiving();
    stage.device.arrive({ CallId: 'a', CustomerName: ' سارة ', Line: '+20224610000' });
    const [fact] = stage.facts;
    assert.ok(fact?.type === 'call-arrived');
    const { callId, number, name, line } = fact;
    assert.deepEqual([callId, number, name, line], ['a', '+201001234500', 'سارة', '+20224610000']);
  });

  for (const from of ['client:bob', 'anonymous', '', '+266696687']) {
    test(`a caller “${from}”, without a callId of the service`, async () => {
      await stage.receiving();
      stage.device.arrive({}, from);
      const [fact] = stage.facts;
      assert.ok(fact?.type === 'call-arrived');
      assert.equal(fact.number, '');
      assert.deepEqual([fact.name, fact.line], [null, null]);
      assert.match(fact.callId, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    });
  }

  test('accepted: the microphone first, then the SDK; open when the SDK says so', async () => {
    await stage.receiving();
    stage.microphone.refusal = null;
    const call = stage.device.arrive({ CallId: 'a' });
    stage.phone.accept('a');
    stage.phone.accept('a');
    await settle();
    assert.deepEqual(call.asked, []);
    stage.microphone.allow();
    await settle();
    assert.deepEqual(call.asked, [['accept']]);
    assert.ok(!stage.types().includes('call-opened'));
    call.open();
    stage.phone.disconnect('a');
    assert.deepEqual(stage.ends(), [['a', { outcome: null, problem: null }]]);
    assert.equal(stage.microphone.live(), 0);
  });

  test('a microphone that is refused: this leg is declined, so that the carrier goes on at once', async () => {
    await stage.receiving();
    stage.microphone.refusal = 'NotAllowedError';
    stage.page.permission = 'denied';
    const call = stage.device.arrive({ CallId: 'a' });
    stage.phone.accept('a');
    await settle();
    assert.deepEqual(call.asked, [['reject']]);
    assert.deepEqual(stage.ends(), [['a', 'microphone-denied']]);
  });

  test('gone while the microphone was asked for: missed, and the microphone is given back', async () => {
    await stage.receiving();
    stage.microphone.refusal = null;
    const call = stage.device.arrive({ CallId: 'a' });
    stage.phone.accept('a');
    call.cancel();
    stage.microphone.allow();
    await settle();
    assert.deepEqual(stage.ends(), [['a', MISSED]]);
    assert.equal(stage.microphone.live(), 0);
  });

  test('answered too late: somebody else has it', async () => {
    await stage.receiving();
    for (const [callId, error] of [
      ['a', { code: 31008 }],
      ['b', { code: 31005, originalError: { code: 31209 } }],
    ] as const) {
      const call = stage.device.arrive({ CallId: callId });
      stage.phone.accept(callId);
      await settle();
      call.open();
      call.emit('error', error);
      call.close();
      await settle();
    }
    assert.deepEqual(stage.ends(), [
      ['a', MISSED],
      ['b', MISSED],
    ]);
  });

  test('the same call offered twice is one call', async () => {
    await stage.receiving();
    stage.device.arrive({ CallId: 'a' });
    const again = stage.device.arrive({ CallId: 'a' });
    assert.deepEqual(again.asked, [['ignore']]);
    assert.deepEqual(stage.types().filter((type) => type === 'call-arrived').length, 1);
  });

  test('a call that the SDK gave up before it said so is not told of', async () => {
    await stage.receiving();
    const call = stage.device.arrive({ CallId: 'x' });
    call.cancel();
    stage.facts = [];
    stage.device.emit('incoming', call);
    assert.deepEqual(stage.facts, []);
  });

  test('a second call: each is told, each ends once; a hang-up of the first leaves the second ringing', async () => {
    await stage.receiving();
    const first = stage.device.arrive({ CallId: 'a' });
    stage.phone.accept('a');
    await settle();
    first.open();
    stage.device.arrive({ CallId: 'b' });
    assert.equal(stage.sounds, 'waiting');
    stage.phone.disconnect('a');
    assert.equal(stage.sounds, 'on');
    stage.phone.accept('b');
    await settle();
    assert.equal(stage.sounds, 'off');
    assert.deepEqual(stage.device.incoming[1]?.asked, [['accept']]);
    stage.device.incoming[1]?.open();
    assert.equal(stage.microphone.live(), 1);
    stage.phone.disconnect('b');
    await settle();
    assert.deepEqual(
      stage.ends().map(([callId]) => callId),
      ['a', 'b'],
    );
    assert.equal(stage.microphone.live(), 0);
  });

  test('a call is dialled while another rings: the one that rings is missed, and not declined for others', async () => {
    await stage.receiving();
    const call = stage.device.arrive({ CallId: 'a' });
    stage.phone.connect('b');
    await settle();
    assert.deepEqual(call.asked, [['ignore']]);
    assert.deepEqual(stage.ends(), [['a', MISSED]]);
    assert.deepEqual(stage.device.params, [{ CallId: 'b' }]);
  });

  test('hung up before the far end was reached, with a customer waiting: the device is kept', async () => {
    await stage.receiving();
    stage.phone.connect('a');
    await settle();
    const call = stage.device.arrive({ CallId: 'b' });
    stage.phone.disconnect('a');
    await settle();
    assert.equal(stage.sdk.devices.length, 1);
    assert.equal(call.state, 'pending');
  });

  describe('the ringtone never goes on after any end', () => {
    const ENDS: [string, (call: ScriptedCall) => void][] = [
      ['accepted', () => stage.phone.accept('a')],
      ['rejected', () => stage.phone.reject('a')],
      ['hung up', () => stage.phone.disconnect('a')],
      ['the caller gave up', (call) => call.cancel()],
      ['an error', (call) => (call.emit('error', { code: 31005 }), call.close())],
      ['another call dialled', () => stage.phone.connect('b')],
      ['the connection lost', (call) => ((call.state = 'reconnecting'), call.emit('transportClose'))],
      ['the device destroyed', () => stage.device.destroy()],
      ['the token refused', () => stage.device.emit('error', { code: 20101 })],
      ['the page left', () => stage.page.tell('pagehide')],
      ['silenced', () => stage.phone.silence()],
      ['closed', () => stage.phone.close()],
      ['closed to be taken up again', () => stage.phone.close(true)],
    ];
    for (const [name, end] of ENDS) {
      test(name, async () => {
        await stage.receiving();
        const call = stage.device.arrive({ CallId: 'a' });
        assert.equal(stage.sounds, 'on');
        end(call);
        await settle();
        if (name !== 'the token refused') assert.equal(stage.sounds, 'off');
        else assert.deepEqual([stage.sounds, call.state], ['on', 'pending'], 'a call that rings outlives a renewal');
      });
    }
  });

  test('what is told of the ringtone: on, blocked, silenced, off; a late word of it counts no more', async () => {
    await stage.receiving();
    const first = stage.device.arrive({ CallId: 'a' });
    stage.ringer('blocked');
    stage.phone.silence();
    stage.ringer('on');
    stage.device.arrive({ CallId: 'b' });
    first.cancel();
    stage.device.incoming[1]?.cancel();
    stage.ringer('on');
    assert.deepEqual(stage.rings(), ['on', 'blocked', 'silenced', 'on', 'off']);
  });

  test('closed while it rings: left to others', async () => {
    await stage.receiving();
    const call = stage.device.arrive({ CallId: 'a' });
    stage.phone.close();
    assert.deepEqual(call.asked, [['ignore']]);
    assert.equal(stage.device.destroyed, true);
  });

  test('the browser asks before the page is left while a call rings', async () => {
    const leave = () => !stage.page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await stage.receiving();
    assert.equal(leave(), false);
    const call = stage.device.arrive({ CallId: 'a' });
    assert.equal(leave(), true);
    call.cancel();
    assert.equal(leave(), false);
  });
});
