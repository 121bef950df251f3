import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test, type TestContext } from 'node:test';
import type { TokenAnswer } from '../../service/contract.ts';
import type { PhoneFact } from '../core/events.ts';
import { ProblemError } from '../core/problem-error.ts';
import type { Ring } from '../core/reach.ts';
import { ScriptedMicrophone } from '../testing/scripted-microphone.ts';
import { ScriptedPage } from '../testing/scripted-page.ts';
import { ScriptedSdk, type ScriptedCall } from '../testing/scripted-sdk.ts';
import { TwilioPhone } from './twilio-phone.ts';

const LIFE_MS = 3_600_000;
const MISSED = { outcome: 'missed', problem: null };

const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Lets everything happen that waits for nothing but its turn, loading of scripts included. */
const settle = async () => {
  for (let turns = 0; turns < 20; turns += 1) await turn();
};

describe('a phone that receives calls', () => {
  let sdk: ScriptedSdk;
  let microphone: ScriptedMicrophone;
  let page: ScriptedPage;
  let facts: PhoneFact[];
  let ringing: string;
  let ringer: (ring: Ring) => void;
  let refusal: ProblemError | null;
  let tokens: number;
  let phone: TwilioPhone;

  async function requestAccessToken(): Promise<TokenAnswer> {
    if (refusal) throw refusal;
    tokens += 1;
    return {
      accessToken: `token ${tokens}`,
      identity: 'mona',
      expiresAt: new Date(Date.now() + LIFE_MS).toISOString(),
    };
  }

  const types = () => facts.map(({ type }) => type);
  const reaches = () => facts.flatMap((fact) => (fact.type === 'reach-changed' ? [fact.reach] : []));
  const rings = () => facts.flatMap((fact) => (fact.type === 'ring-changed' ? [fact.ring] : []));
  const ends = () =>
    facts.flatMap((fact) =>
      fact.type === 'call-ended' || fact.type === 'call-failed'
        ? [[fact.callId, fact.type === 'call-ended' ? fact.verdict : fact.problem.code]]
        : [],
    );

  async function receiving(): Promise<void> {
    phone.receive(true);
    await settle();
    assert.equal(reaches().at(-1), 'ready');
    facts = [];
  }

  beforeEach(() => {
    sdk = new ScriptedSdk();
    microphone = new ScriptedMicrophone();
    microphone.install();
    page = new ScriptedPage();
    page.install();
    facts = [];
    ringing = 'off';
    refusal = null;
    tokens = 0;
    phone = new TwilioPhone({
      report: (fact) => facts.push(fact),
      base: new URL('https://dialer.example.com/'),
      version: '0.1.0',
      loadSdk: async () => sdk,
      requestAccessToken,
      page,
      loadRinger:
        async () =>
        ({ report }) => {
          ringer = report;
          return {
            ring({ waiting }) {
              ringing = waiting ? 'waiting' : 'on';
              report('on');
            },
            stop: () => (ringing = 'off'),
          };
        },
    });
  });

  afterEach(() => phone.close());

  test('switched on it is registered and ready, switched off it is neither', async () => {
    phone.receive(true);
    await settle();
    assert.deepEqual(reaches(), ['connecting', 'ready']);
    assert.equal(sdk.device.state, 'registered');
    phone.receive(false);
    await settle();
    assert.equal(reaches().at(-1), 'off');
    assert.equal(sdk.device.state, 'unregistered');
    phone.receive(true);
    await settle();
    assert.equal(reaches().at(-1), 'ready');
    assert.equal(sdk.devices.length, 1);
  });

  test('on, off and on again before anything was loaded: on', async () => {
    phone.receive(true);
    phone.receive(false);
    phone.receive(true);
    await settle();
    assert.deepEqual(reaches(), ['connecting', 'ready']);
  });

  test('a customer’s call arrives with what the service sent along', async () => {
    await receiving();
    sdk.device.arrive({ CallId: 'a', CustomerName: ' سارة ' });
    const [fact] = facts;
    assert.ok(fact?.type === 'call-arrived');
    assert.deepEqual([fact.callId, fact.number, fact.name], ['a', '+201001234500', 'سارة']);
  });

  for (const from of ['client:bob', 'anonymous', '', '+266696687']) {
    test(`a caller “${from}”, without a callId of the service`, async () => {
      await receiving();
      sdk.device.arrive({}, from);
      const [fact] = facts;
      assert.ok(fact?.type === 'call-arrived');
      assert.equal(fact.number, from === '+266696687' ? from : '');
      assert.equal(fact.name, null);
      assert.match(fact.callId, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    });
  }

  test('accepted: the microphone first, then the SDK; open when the SDK says so', async () => {
    await receiving();
    microphone.refusal = null;
    const call = sdk.device.arrive({ CallId: 'a' });
    phone.accept('a');
    phone.accept('a');
    await settle();
    assert.deepEqual(call.asked, []);
    microphone.allow();
    await settle();
    assert.deepEqual(call.asked, [['accept']]);
    assert.ok(!types().includes('call-opened'));
    call.open();
    phone.disconnect('a');
    assert.deepEqual(ends(), [['a', { outcome: null, problem: null }]]);
    assert.equal(microphone.live(), 0);
  });

  test('a microphone that is refused: this leg is declined, so that the carrier goes on at once', async () => {
    await receiving();
    microphone.refusal = 'NotAllowedError';
    const call = sdk.device.arrive({ CallId: 'a' });
    phone.accept('a');
    await settle();
    assert.deepEqual(call.asked, [['reject']]);
    assert.deepEqual(ends(), [['a', 'microphone-denied']]);
  });

  test('gone while the microphone was asked for: missed, and the microphone is given back', async () => {
    await receiving();
    microphone.refusal = null;
    const call = sdk.device.arrive({ CallId: 'a' });
    phone.accept('a');
    call.cancel();
    microphone.allow();
    await settle();
    assert.deepEqual(ends(), [['a', MISSED]]);
    assert.equal(microphone.live(), 0);
  });

  test('answered too late: somebody else has it', async () => {
    await receiving();
    for (const [callId, error] of [
      ['a', { code: 31008 }],
      ['b', { code: 31005, originalError: { code: 31209 } }],
    ] as const) {
      const call = sdk.device.arrive({ CallId: callId });
      phone.accept(callId);
      await settle();
      call.open();
      call.emit('error', error);
      call.close();
      await settle();
    }
    assert.deepEqual(ends(), [
      ['a', MISSED],
      ['b', MISSED],
    ]);
  });

  test('the same call offered twice is one call', async () => {
    await receiving();
    sdk.device.arrive({ CallId: 'a' });
    const again = sdk.device.arrive({ CallId: 'a' });
    assert.deepEqual(again.asked, [['ignore']]);
    assert.deepEqual(types().filter((type) => type === 'call-arrived').length, 1);
  });

  test('a call that the SDK gave up before it said so is not told of', async () => {
    await receiving();
    const call = sdk.device.arrive({ CallId: 'x' });
    call.cancel();
    facts = [];
    sdk.device.emit('incoming', call);
    assert.deepEqual(facts, []);
  });

  test('a second call: each is told, each ends once; a hang-up of the first leaves the second ringing', async () => {
    await receiving();
    const first = sdk.device.arrive({ CallId: 'a' });
    phone.accept('a');
    await settle();
    first.open();
    sdk.device.arrive({ CallId: 'b' });
    assert.equal(ringing, 'waiting');
    phone.disconnect('a');
    assert.equal(ringing, 'on');
    phone.accept('b');
    await settle();
    assert.equal(ringing, 'off');
    assert.deepEqual(sdk.device.incoming[1]?.asked, [['accept']]);
    sdk.device.incoming[1]?.open();
    assert.equal(microphone.live(), 1);
    phone.disconnect('b');
    await settle();
    assert.deepEqual(
      ends().map(([callId]) => callId),
      ['a', 'b'],
    );
    assert.equal(microphone.live(), 0);
  });

  test('a call is dialled while another rings: the one that rings is missed, and not declined for others', async () => {
    await receiving();
    const call = sdk.device.arrive({ CallId: 'a' });
    phone.connect('b');
    await settle();
    assert.deepEqual(call.asked, [['ignore']]);
    assert.deepEqual(ends(), [['a', MISSED]]);
    assert.deepEqual(sdk.device.params, [{ CallId: 'b' }]);
  });

  test('hung up before the far end was reached, with a customer waiting: the device is kept', async () => {
    await receiving();
    phone.connect('a');
    await settle();
    const call = sdk.device.arrive({ CallId: 'b' });
    phone.disconnect('a');
    await settle();
    assert.equal(sdk.devices.length, 1);
    assert.equal(call.state, 'pending');
  });

  describe('the ringtone never goes on after any end', () => {
    const ENDS: [string, (call: ScriptedCall) => void][] = [
      ['accepted', () => phone.accept('a')],
      ['rejected', () => phone.reject('a')],
      ['hung up', () => phone.disconnect('a')],
      ['the caller gave up', (call) => call.cancel()],
      ['an error', (call) => (call.emit('error', { code: 31005 }), call.close())],
      ['another call dialled', () => phone.connect('b')],
      ['the connection lost', (call) => ((call.state = 'reconnecting'), call.emit('transportClose'))],
      ['the device destroyed', () => sdk.device.destroy()],
      ['the token refused', () => sdk.device.emit('error', { code: 20101 })],
      ['the page left', () => page.tell('pagehide')],
      ['silenced', () => phone.silence()],
      ['closed', () => phone.close()],
      ['closed to be taken up again', () => phone.close(true)],
    ];
    for (const [name, end] of ENDS) {
      test(name, async () => {
        await receiving();
        const call = sdk.device.arrive({ CallId: 'a' });
        assert.equal(ringing, 'on');
        end(call);
        await settle();
        if (name !== 'the token refused') assert.equal(ringing, 'off');
        else assert.deepEqual([ringing, call.state], ['on', 'pending'], 'a call that rings outlives a renewal');
      });
    }
  });

  test('what is told of the ringtone: on, blocked, silenced, off; a late word of it counts no more', async () => {
    await receiving();
    const first = sdk.device.arrive({ CallId: 'a' });
    ringer('blocked');
    phone.silence();
    ringer('on');
    sdk.device.arrive({ CallId: 'b' });
    first.cancel();
    sdk.device.incoming[1]?.cancel();
    ringer('on');
    assert.deepEqual(rings(), ['on', 'blocked', 'silenced', 'on', 'off']);
  });

  test('closed while it rings: left to others', async () => {
    await receiving();
    const call = sdk.device.arrive({ CallId: 'a' });
    phone.close();
    assert.deepEqual(call.asked, [['ignore']]);
    assert.equal(sdk.device.destroyed, true);
  });

  test('the browser asks before the page is left while a call rings', async () => {
    const leave = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await receiving();
    assert.equal(leave(), false);
    const call = sdk.device.arrive({ CallId: 'a' });
    assert.equal(leave(), true);
    call.cancel();
    assert.equal(leave(), false);
  });

  describe('reach', () => {
    test('a page that gives no token is signed out; a service that fails is the service', async () => {
      refusal = new ProblemError('unauthenticated', 'signed out');
      phone.receive(true);
      await settle();
      refusal = new ProblemError('service-unreachable', 'down');
      page.tell('visibilitychange');
      await settle();
      refusal = null;
      page.tell('online');
      await settle();
      assert.deepEqual(reaches(), ['connecting', 'signed-out', 'service', 'connecting', 'ready']);
    });

    test('no network, and back', async () => {
      await receiving();
      page.online = false;
      page.tell('offline');
      page.online = true;
      page.tell('online');
      assert.deepEqual(reaches(), ['offline', 'ready']);
    });

    test('a microphone that is forbidden, or pulled out, and is back', async () => {
      await receiving();
      page.permission = 'denied';
      page.status.dispatchEvent(new Event('change'));
      await settle();
      page.permission = 'granted';
      page.status.dispatchEvent(new Event('change'));
      await settle();
      page.microphones = 0;
      page.devices.dispatchEvent(new Event('devicechange'));
      await settle();
      assert.deepEqual(reaches(), ['no-microphone', 'ready', 'no-microphone']);
    });

    test('frozen and thawed: another device, whatever the old one says', async () => {
      await receiving();
      page.tell('freeze');
      assert.deepEqual(reaches(), ['asleep']);
      page.tell('resume');
      await settle();
      assert.deepEqual(reaches(), ['asleep', 'connecting', 'ready']);
      assert.equal(sdk.devices.length, 2);
      assert.equal(sdk.devices[0]?.destroyed, true);
    });

    test('out of the back/forward cache: another device; on a plain show of the page none', async () => {
      await receiving();
      page.tell('pageshow', { persisted: false });
      assert.equal(sdk.devices.length, 1);
      page.tell('pageshow', { persisted: true });
      await settle();
      assert.equal(sdk.devices.length, 2);
    });

    test('with a call, a wake-up leaves the device alone', async () => {
      await receiving();
      sdk.device.arrive({ CallId: 'a' });
      page.tell('freeze');
      page.tell('resume');
      await settle();
      assert.equal(sdk.devices.length, 1);
      assert.equal(reaches().at(-1), 'ready');
    });

    test('a device that the page destroyed is made anew', async (t) => {
      useClock(t);
      await receiving();
      sdk.device.destroy();
      await settle();
      t.mock.timers.tick(2000);
      await settle();
      assert.equal(sdk.devices.length, 2);
      assert.equal(reaches().at(-1), 'ready');
    });

    const useClock = (t: TestContext) =>
      t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1e12 });

    const pass = async (t: TestContext, ms: number) => {
      for (let passed = 0; passed < ms; passed += 5000) {
        t.mock.timers.tick(5000);
        await turn();
      }
    };

    test('a connection that is lost for long is the service; longer, the device is replaced', async (t) => {
      useClock(t);
      await receiving();
      sdk.device.become('unregistered');
      t.mock.timers.tick(10_000);
      assert.deepEqual(reaches(), ['connecting', 'service']);
      assert.equal(sdk.devices.length, 1);
      t.mock.timers.tick(35_000);
      await settle();
      assert.equal(sdk.devices.length, 2);
      assert.equal(reaches().at(-1), 'ready');
    });

    test('a computer that slept is known by its clock', async (t) => {
      useClock(t);
      await receiving();
      t.mock.timers.setTime(1e12 + 600_000);
      page.tell('visibilitychange');
      await settle();
      assert.deepEqual(reaches(), ['asleep', 'connecting', 'ready']);
      assert.equal(sdk.devices.length, 2);
    });

    test('a token that the carrier keeps refusing is asked for less and less often', async (t) => {
      useClock(t);
      await receiving();
      for (let times = 0; times < 120; times += 1) {
        if (sdk.device.state === 'registered') sdk.device.state = 'unregistered';
        if (!sdk.device.destroyed) sdk.device.emit('error', { code: 20101 });
        t.mock.timers.tick(1000);
        await turn();
        await turn();
      }
      assert.ok(tokens >= 5 && tokens < 40, `${tokens} tokens in two minutes`);
    });

    test('a renewal that fails is tried again; meanwhile the token in use is good', async (t) => {
      useClock(t);
      await receiving();
      refusal = new ProblemError('service-unreachable', 'down');
      await pass(t, LIFE_MS - 115_000);
      assert.deepEqual(reaches(), []);
      assert.deepEqual(sdk.device.tokens, ['token 1']);
      refusal = null;
      await pass(t, 60_000);
      assert.deepEqual(sdk.device.tokens, ['token 1', 'token 2']);
    });

    test('a token that ran out is told, and mended when the service is back', async (t) => {
      useClock(t);
      await receiving();
      refusal = new ProblemError('service-unreachable', 'down');
      await pass(t, LIFE_MS);
      sdk.device.emit('error', { code: 20104 });
      await settle();
      assert.equal(reaches().at(-1), 'service');
      refusal = null;
      await pass(t, 60_000);
      assert.equal(reaches().at(-1), 'ready');
      assert.equal(sdk.devices.length, 2);
    });

    test('switched off, nothing is asked for any more', async (t) => {
      useClock(t);
      refusal = new ProblemError('unauthenticated', 'signed out');
      phone.receive(true);
      await settle();
      phone.receive(false);
      refusal = null;
      t.mock.timers.tick(120_000);
      page.tell('online');
      await settle();
      assert.equal(tokens, 0);
      assert.equal(reaches().at(-1), 'off');
    });
  });
});
