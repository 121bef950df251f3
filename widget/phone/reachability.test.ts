import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test, type TestContext } from 'node:test';
import { ProblemError } from '../core/problem-error.ts';
import { LIFE_MS, PhoneStage, settle, turn } from '../testing/phone-stage.ts';

describe('reach of a phone that receives calls', () => {
  let stage: PhoneStage;
  beforeEach(() => (stage = new PhoneStage()));
  afterEach(() => stage.phone.close());

  const problems = () => stage.facts.flatMap((fact) => (fact.type === 'reach-changed' ? [fact.problem] : []));

  test('a page that gives no token is signed out; a service that fails is the service', async () => {
    stage.refusal = new ProblemError('unauthenticated', 'signed out');
    stage.phone.receive(true);
    await settle();
    stage.refusal = new ProblemError('service-unreachable', 'down');
    stage.page.tell('visibilitychange');
    await settle();
    stage.refusal = null;
    stage.page.tell('online');
    await settle();
    assert.deepEqual(stage.reaches(), ['connecting', 'signed-out', 'service', 'connecting', 'ready']);
  });

  test('no network, and back', async () => {
    await stage.receiving();
    stage.page.online = false;
    stage.page.tell('offline');
    stage.page.online = true;
    stage.page.tell('online');
    assert.deepEqual(stage.reaches(), ['offline', 'ready']);
  });

  test('a microphone that is forbidden, or pulled out, and is back', async () => {
    await stage.receiving();
    stage.page.permission = 'denied';
    stage.page.status.dispatchEvent(new Event('change'));
    await settle();
    stage.page.permission = 'granted';
    stage.page.status.dispatchEvent(new Event('change'));
    await settle();
    stage.page.microphones = [];
    stage.page.devices.dispatchEvent(new Event('devicechange'));
    await settle();
    assert.deepEqual(stage.reaches(), ['no-microphone', 'ready', 'no-microphone']);
    assert.deepEqual(problems(), ['microphone-denied', undefined, 'microphone-missing']);
  });

  test('a page that may have no microphone says so, and one that is not secure, whatever else', async () => {
    const policy = { permissionsPolicy: { allowsFeature: () => false } };
    Object.defineProperty(globalThis, 'document', { configurable: true, value: policy });
    stage.page.microphones = [];
    stage.phone.receive(true);
    await settle();
    Reflect.deleteProperty(globalThis, 'document');
    assert.deepEqual(problems().at(-1), 'microphone-not-allowed-here');
    stage.microphone.secure = false;
    stage.page.devices.dispatchEvent(new Event('devicechange'));
    await settle();
    assert.deepEqual([stage.reaches().at(-1), problems().at(-1)], ['no-microphone', 'insecure-page']);
  });

  test('frozen and thawed: another device, whatever the old one says', async () => {
    await stage.receiving();
    stage.page.tell('freeze');
    assert.deepEqual(stage.reaches(), ['asleep']);
    stage.page.tell('resume');
    await settle();
    assert.deepEqual(stage.reaches(), ['asleep', 'connecting', 'ready']);
    assert.equal(stage.sdk.devices.length, 2);
    assert.equal(stage.sdk.devices[0]?.destroyed, true);
  });

  test('out of the back/forward cache: another device; on a plain show of the page none', async () => {
    await stage.receiving();
    stage.page.tell('pageshow', { persisted: false });
    assert.equal(stage.sdk.devices.length, 1);
    stage.page.tell('pageshow', { persisted: true });
    await settle();
    assert.equal(stage.sdk.devices.length, 2);
  });

  test('with a call, a wake-up leaves the device alone', async () => {
    await stage.receiving();
    stage.device.arrive({ CallId: 'a' });
    stage.page.tell('freeze');
    stage.page.tell('resume');
    await settle();
    assert.equal(stage.sdk.devices.length, 1);
    assert.equal(stage.reaches().at(-1), 'ready');
  });

  test('a device that the page destroyed is made anew', async (t) => {
    useClock(t);
    await stage.receiving();
    stage.device.destroy();
    await settle();
    t.mock.timers.tick(2000);
    await settle();
    assert.equal(stage.sdk.devices.length, 2);
    assert.equal(stage.reaches().at(-1), 'ready');
  });

  const useClock = (t: TestContext) => t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1e12 });

  const pass = async (t: TestContext, ms: number) => {
    for (let passed = 0; passed < ms; passed += 5000) {
      t.mock.timers.tick(5000);
      await turn();
    }
  };

  test('a connection that is lost for long is the service; longer, the device is replaced', async (t) => {
    useClock(t);
    await stage.receiving();
    stage.device.become('unregistered');
    t.mock.timers.tick(10_000);
    assert.deepEqual(stage.reaches(), ['connecting', 'service']);
    assert.equal(stage.sdk.devices.length, 1);
    t.mock.timers.tick(35_000);
    await settle();
    assert.equal(stage.sdk.devices.length, 2);
    assert.equal(stage.reaches().at(-1), 'ready');
  });

  test('a computer that slept is known by its clock', async (t) => {
    useClock(t);
    await stage.receiving();
    t.mock.timers.setTime(1e12 + 600_000);
    stage.page.tell('visibilitychange');
    await settle();
    assert.deepEqual(stage.reaches(), ['asleep', 'connecting', 'ready']);
    assert.equal(stage.sdk.devices.length, 2);
  });

  test('a token that the carrier keeps refusing is asked for less and less often', async (t) => {
    useClock(t);
    await stage.receiving();
    for (let times = 0; times < 120; times += 1) {
      if (stage.device.state === 'registered') stage.device.state = 'unregistered';
      if (!stage.device.destroyed) stage.device.emit('error', { code: 20101 });
      t.mock.timers.tick(1000);
      await turn();
      await turn();
    }
    assert.ok(stage.tokens >= 5 && stage.tokens < 40, `${stage.tokens} tokens in two minutes`);
  });

  test('a renewal that fails is tried again; meanwhile the token in use is good', async (t) => {
    useClock(t);
    await stage.receiving();
    stage.refusal = new ProblemError('service-unreachable', 'down');
    await pass(t, LIFE_MS - 115_000);
    assert.deepEqual(stage.reaches(), []);
    assert.deepEqual(stage.device.tokens, ['token 1']);
    stage.refusal = null;
    await pass(t, 60_000);
    assert.deepEqual(stage.device.tokens, ['token 1', 'token 2']);
  });

  test('a token that ran out is told, and mended when the service is back', async (t) => {
    useClock(t);
    await stage.receiving();
    stage.refusal = new ProblemError('service-unreachable', 'down');
    await pass(t, LIFE_MS);
    stage.device.emit('error', { code: 20104 });
    await settle();
    assert.equal(stage.reaches().at(-1), 'service');
    stage.refusal = null;
    await pass(t, 60_000);
    assert.equal(stage.reaches().at(-1), 'ready');
    assert.equal(stage.sdk.devices.length, 2);
  });

  test('switched off, nothing is asked for any more', async (t) => {
    useClock(t);
    stage.refusal = new ProblemError('unauthenticated', 'signed out');
    stage.phone.receive(true);
    await settle();
    stage.phone.receive(false);
    stage.refusal = null;
    t.mock.timers.tick(120_000);
    stage.page.tell('online');
    await settle();
    assert.equal(stage.tokens, 0);
    assert.equal(stage.reaches().at(-1), 'off');
  });
});
