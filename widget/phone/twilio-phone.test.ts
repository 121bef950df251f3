import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test, type TestContext } from 'node:test';
import type { TokenAnswer } from '../../service/contract.ts';
import type { PhoneFact } from '../core/events.ts';
import { ProblemError } from '../core/problem-error.ts';
import { ScriptedMicrophone } from '../testing/scripted-microphone.ts';
import { ScriptedPage } from '../testing/scripted-page.ts';
import { ScriptedSdk } from '../testing/scripted-sdk.ts';
import { problemOfSdk } from './sdk-errors.ts';
import { TwilioPhone } from './twilio-phone.ts';

const LIFE_MS = 3_600_000;

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('phone on the Voice SDK', () => {
  let sdk: ScriptedSdk;
  let microphone: ScriptedMicrophone;
  let page: ScriptedPage;
  let facts: PhoneFact[];
  let tokens: number;
  let phone: TwilioPhone;
  const phones: TwilioPhone[] = [];

  function make(requestAccessToken = async (): Promise<TokenAnswer> => token()): TwilioPhone {
    phone = new TwilioPhone({
      report: (fact) => facts.push(fact),
      base: new URL('https://dialer.example.com/'),
      version: '0.1.0',
      loadSdk: async () => sdk,
      requestAccessToken,
      page,
    });
    phones.push(phone);
    return phone;
  }

  function token(): TokenAnswer {
    tokens += 1;
    const expiresAt = new Date(Date.now() + LIFE_MS).toISOString();
    return { accessToken: `token ${tokens}`, identity: 'mona', expiresAt, edge: 'frankfurt' };
  }

  const types = () => facts.map(({ type }) => type);

  async function connected(): Promise<void> {
    phone.connect('a');
    await settle();
    assert.equal(sdk.device.params.length, 1);
  }

  beforeEach(() => {
    sdk = new ScriptedSdk();
    microphone = new ScriptedMicrophone();
    microphone.install();
    page = new ScriptedPage();
    page.install();
    facts = [];
    tokens = 0;
    make();
  });

  afterEach(() => {
    for (const each of phones.splice(0)) each.close();
  });

  test('makes one device, with what a whole shift needs', async () => {
    phone.prepare();
    phone.prepare();
    await settle();
    assert.equal(sdk.devices.length, 1);
    const { sounds, getUserMedia, enumerateDevices, ...options } = sdk.device.options;
    assert.deepEqual(options, {
      allowIncomingWhileBusy: true,
      appName: 'almasar-dialer',
      appVersion: '0.1.0',
      closeProtection: false,
      codecPreferences: ['opus', 'pcmu'],
      edge: 'frankfurt',
      enableImprovedSignalingErrorPrecision: true,
      logLevel: 'silent',
      maxCallSignalingTimeoutMs: 30_000,
      tokenRefreshMs: 120_000,
    });
    assert.equal(typeof getUserMedia, 'function');
    assert.equal(typeof enumerateDevices, 'function');
    assert.equal(sdk.device.audio.rings, false);
    assert.equal(Object.keys(sounds ?? {}).length, 15);
    for (const [name, url] of Object.entries(sounds ?? {})) {
      assert.equal(url, `https://dialer.example.com/sounds/${name}.wav`);
    }
  });

  test('a call: sent with its callId, then what the SDK tells of it', async () => {
    await connected();
    const { call, params } = sdk.device;
    assert.deepEqual(params, [{ CallId: 'a' }]);
    call.emit('ringing');
    call.emit('accept');
    phone.mute('a', true);
    phone.sendDigits('a', '5');
    call.emit('reconnecting', { code: 53001 });
    call.emit('reconnected');
    call.close();
    await settle();
    assert.deepEqual(types(), [
      'call-rang',
      'call-opened',
      'call-muted',
      'connection-lost',
      'connection-restored',
      'call-ended',
    ]);
    assert.deepEqual(call.asked, [['sendDigits', '5']]);
    assert.equal(microphone.live(), 0);
    assert.equal(sdk.device.destroyed, false);
  });

  test('what ended a call is told, whether the SDK says it before or after the end', async () => {
    for (const before of [true, false]) {
      facts = [];
      make();
      await connected();
      const { call } = sdk.device;
      call.emit('ringing');
      if (before) call.emit('error', { code: 31486 });
      call.close();
      if (!before) call.emit('error', { code: 31486 });
      await settle();
      const last = facts.at(-1);
      assert.deepEqual(last?.type === 'call-ended' && last.verdict, { outcome: 'busy', problem: null });
    }
  });

  test('an error that ended nothing is not the reason of a later end', async () => {
    await connected();
    const { call } = sdk.device;
    call.emit('accept');
    call.emit('error', { code: 31005 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    call.close();
    await settle();
    const last = facts.at(-1);
    assert.deepEqual(last?.type === 'call-ended' && last.verdict, { outcome: null, problem: null });
  });

  test('a microphone that is refused fails the call, and nothing is sent', async () => {
    microphone.refusal = 'NotAllowedError';
    page.permission = 'denied';
    phone.connect('a');
    await settle();
    const [fact] = facts;
    assert.deepEqual(fact?.type === 'call-failed' && fact.problem.code, 'microphone-denied');
    assert.equal(sdk.device.params.length, 0);
  });

  test('an access token that is not given fails the call, and the next one asks again', async () => {
    let asked = 0;
    make(() => {
      asked += 1;
      return Promise.reject(new ProblemError('unauthenticated', 'signed out'));
    });
    for (const callId of ['a', 'b']) {
      phone.connect(callId);
      await settle();
    }
    assert.deepEqual(
      facts.map((fact) => fact.type === 'call-failed' && fact.problem.code),
      ['unauthenticated', 'unauthenticated'],
    );
    assert.equal(asked, 2);
    assert.equal(microphone.live(), 0);
  });

  test('a browser without WebRTC fails the call', async () => {
    sdk = new ScriptedSdk(false);
    phone.connect('a');
    await settle();
    assert.deepEqual(facts[0]?.type === 'call-failed' && facts[0].problem.code, 'unsupported-browser');
  });

  test('hung up while the microphone is asked for: ends at once, and nothing is sent when it is allowed', async () => {
    microphone.refusal = null;
    phone.connect('a');
    await settle();
    phone.disconnect('a');
    assert.deepEqual(types(), ['call-ended']);
    microphone.allow();
    await settle();
    assert.equal(sdk.device.params.length, 0);
    assert.equal(microphone.live(), 0);
  });

  test('hung up before the far end was reached: what the SDK may still have to send goes with the device', async () => {
    await connected();
    const [device] = sdk.devices;
    phone.disconnect('a');
    assert.deepEqual(device!.call.asked, [['disconnect']]);
    assert.equal(device!.destroyed, true);
    await settle();
    assert.equal(sdk.devices.length, 2);
    assert.deepEqual(types(), ['call-ended']);
  });

  test('hung up when it rang: the device is kept', async () => {
    await connected();
    sdk.device.call.emit('ringing');
    phone.disconnect('a');
    await settle();
    assert.deepEqual(types(), ['call-rang', 'call-ended']);
    assert.equal(sdk.devices.length, 1);
  });

  test('a call that was never asked for is ended all the same', () => {
    phone.disconnect('b');
    assert.deepEqual(types(), ['call-ended']);
  });

  test('a lost signalling connection that the SDK cannot resume ends the call', async () => {
    await connected();
    const { call } = sdk.device;
    call.emit('ringing');
    call.state = 'closed';
    call.emit('transportClose');
    await settle();
    const last = facts.at(-1);
    assert.deepEqual(last?.type === 'call-ended' && last.verdict.problem?.code, 'connection-lost');
    assert.equal(microphone.live(), 0);
  });

  test('a call that arrives while none is wanted is rejected: there is nobody to answer it', async () => {
    phone.prepare();
    await settle();
    const call = sdk.device.arrive();
    assert.deepEqual(call.asked, [['reject']]);
    assert.deepEqual(types(), []);
    assert.equal(sdk.device.state, 'unregistered');
  });

  test('closed: everything ends and nothing is told', async () => {
    await connected();
    const { device } = sdk;
    device.call.emit('accept');
    phone.close();
    await settle();
    assert.deepEqual(types(), ['call-opened']);
    assert.deepEqual(device.call.asked, [['disconnect']]);
    assert.equal(device.destroyed, true);
    assert.equal(microphone.live(), 0);
    phone.prepare();
    phone.connect('b');
    await settle();
    assert.equal(sdk.devices.length, 1);
  });

  describe('by the clock', () => {
    const useClock = (t: TestContext) =>
      t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1e12 });

    test('a dial without a network ends after 12 s, and never rings later', async (t) => {
      useClock(t);
      phone.prepare();
      await settle();
      const { device } = sdk;
      device.connected = false;
      await connected();
      t.mock.timers.tick(11_999);
      assert.deepEqual(types(), []);
      t.mock.timers.tick(1);
      assert.deepEqual(
        facts.map((fact) => fact.type === 'call-failed' && fact.problem.code),
        ['connection-lost'],
      );
      assert.equal(device.destroyed, true);
      device.comeBack();
      await settle();
      assert.deepEqual(device.call.asked, [['disconnect']]);
      assert.equal(microphone.live(), 0);
      assert.deepEqual(types(), ['call-failed']);
    });

    test('a call that the carrier is known to have is waited for', async (t) => {
      useClock(t);
      await connected();
      phone.confirmReached('a');
      t.mock.timers.tick(60_000);
      assert.deepEqual(types(), []);
    });

    test('a connection that is not mended in 45 s ends the call', async (t) => {
      useClock(t);
      await connected();
      sdk.device.call.emit('accept');
      sdk.device.call.emit('reconnecting', { code: 53405 });
      t.mock.timers.tick(45_000);
      const last = facts.at(-1);
      assert.deepEqual(last?.type === 'call-ended' && last.verdict.problem?.code, 'media-lost');
    });

    test('the access token is renewed two minutes before its end, once', async (t) => {
      useClock(t);
      phone.prepare();
      await settle();
      t.mock.timers.tick(LIFE_MS - 135_000);
      await settle();
      assert.equal(tokens, 1);
      t.mock.timers.tick(30_000);
      sdk.device.emit('tokenWillExpire');
      await settle();
      assert.deepEqual(sdk.device.tokens, ['token 1', 'token 2']);
    });

    test('a computer that slept renews when it wakes, and before a call if it must', async (t) => {
      useClock(t);
      phone.prepare();
      await settle();
      t.mock.timers.setTime(1e12 + LIFE_MS);
      page.dispatchEvent(new Event('visibilitychange'));
      await settle();
      assert.deepEqual(sdk.device.tokens, ['token 1', 'token 2']);
      t.mock.timers.setTime(1e12 + 2 * LIFE_MS);
      await connected();
      assert.deepEqual(sdk.device.tokens, ['token 1', 'token 2', 'token 3']);
    });

    test('during a call the token is left alone until 30 s before its end', async (t) => {
      useClock(t);
      await connected();
      sdk.device.call.emit('accept');
      t.mock.timers.tick(LIFE_MS - 45_000);
      sdk.device.emit('tokenWillExpire');
      await settle();
      assert.equal(tokens, 1);
      t.mock.timers.tick(15_000);
      await settle();
      assert.equal(tokens, 2);
    });
  });

  test('a token that the carrier refuses fails a call that is under way, and the next one gets another', async () => {
    phone.prepare();
    await settle();
    sdk.device.connected = false;
    await connected();
    sdk.device.emit('error', { code: 20101 });
    const [fact] = facts;
    assert.deepEqual(fact?.type === 'call-failed' && fact.problem, {
      code: 'access-token-invalid',
      carrierCode: 20101,
    });
    assert.equal(sdk.devices[0]?.destroyed, true);
    await settle();
    assert.deepEqual(sdk.device.tokens, ['token 2']);
  });

  for (const code of [20104, 20151, 31202, 31203, 31206, 31207]) {
    test(`${code}: a call that waits for the carrier is told of it at once, not of the network later`, async () => {
      phone.prepare();
      await settle();
      sdk.device.connected = false;
      await connected();
      sdk.device.emit('error', { code });
      const [fact] = facts;
      assert.deepEqual(fact?.type === 'call-failed' && fact.problem, problemOfSdk({ code }));
    });
  }

  test('a token that runs out in a call is renewed, and the call goes on', async () => {
    await connected();
    sdk.device.call.emit('accept');
    sdk.device.emit('error', { code: 20104 });
    await settle();
    assert.deepEqual(types(), ['call-opened']);
    assert.deepEqual(sdk.device.tokens, ['token 1', 'token 2']);
  });

  test('a token that is not given ends no call, whatever is made ready meanwhile for the next one', async () => {
    let given = true;
    make(async () => {
      if (!given) throw new ProblemError('unauthenticated', 'The session is over.');
      return { ...token(), expiresAt: new Date().toISOString() };
    });
    await connected();
    sdk.device.call.emit('accept');
    given = false;
    phone.prepare();
    await settle();
    assert.deepEqual([types(), sdk.device.destroyed], [['call-opened'], false]);
  });

  test('a device that the page destroyed is replaced', async () => {
    phone.prepare();
    await settle();
    sdk.device.destroy();
    await connected();
    assert.equal(sdk.devices.length, 2);
  });
});
