import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { goertzelShare } from '../media/level.ts';
import type { CallMessage, DeviceCall } from '../ports.ts';
import { newSid } from '../sid.ts';
import { MICROPHONE_HZ, openDeviceLab, type DeviceLab, type DevicePage } from './device-page.ts';
import { accessToken } from './example-account.ts';
import { becomesAudible, fallsSilent, joinTone } from './far-end-tone.ts';

let lab: DeviceLab;
before(async () => (lab = await openDeviceLab()));
after(async () => {
  await lab.close();
  assert.deepEqual(lab.strayRequests, []);
  assert.deepEqual(lab.errors, []);
});

async function withPage(run: (page: DevicePage) => Promise<void>): Promise<void> {
  const page = await lab.openPage();
  try {
    await run(page);
  } finally {
    await page.close();
  }
}

/** A Device that has called and been answered. */
async function openCall(page: DevicePage, params: Record<string, string> = {}): Promise<DeviceCall> {
  await page.device(accessToken());
  await page.dial(params);
  const { call } = await lab.nextCall();
  call.ringing();
  await page.until('ringing');
  call.answer();
  await page.until('accept');
  return call;
}

/** Audio both ways that began only now: another tone than before, so that nothing left over in a buffer counts. */
async function isHeardAnew(page: DevicePage, call: DeviceCall): Promise<void> {
  const far = joinTone(lab.clock, call.audio, 700);
  const heard = await page.hear(700, 2500);
  assert.ok(heard.share > 0.8, `share ${heard.share}`);
  assert.ok(await becomesAudible(lab.clock, far));
  far.stop();
}

const hungUp = (call: DeviceCall) => new Promise<void>((resolve) => call.listen({ hungUp: resolve }));

test('a call carries its parameters, and audio both ways; a silent far end measures silence', () =>
  withPage(async (page) => {
    await page.device(accessToken());
    await page.dial({ CallId: 'one two', To: '+201001234500' });
    const { identity, parameters, call } = await lab.nextCall();
    assert.equal(identity, 'alice');
    assert.deepEqual(parameters, { CallId: 'one two', To: '+201001234500' });
    call.ringing();
    call.answer();
    await page.until('accept');
    const silent = joinTone(lab.clock, call.audio, 0);
    assert.ok((await page.hear(1000, 1500)).rms < 0.001);
    silent.stop();
    const humming = joinTone(lab.clock, call.audio, 1000);
    const heard = await page.hear(1000, 2000);
    assert.ok(heard.share > 0.8, `share ${heard.share}`);
    const agent = goertzelShare(humming.heard(), MICROPHONE_HZ);
    assert.ok(agent > 0.8, `agent ${agent}`);
    const over = hungUp(call);
    await page.evaluate('window.call.disconnect()');
    await over;
    humming.stop();
  }));

test('keys arrive, mute is silence', () =>
  withPage(async (page) => {
    const call = await openCall(page);
    const far = joinTone(lab.clock, call.audio, 0);
    const digits: string[] = [];
    const all = new Promise<void>((resolve) => {
      call.listen({
        digit: (digit) => {
          digits.push(digit);
          if (digits.length === 4) resolve();
        },
      });
    });
    assert.ok(await becomesAudible(lab.clock, far));
    await page.evaluate('window.call.sendDigits("15*#")');
    await all;
    assert.equal(digits.join(''), '15*#');
    await page.evaluate('window.call.mute(true)');
    assert.ok(await fallsSilent(lab.clock, far));
    await page.evaluate('window.call.mute(false)');
    assert.ok(await becomesAudible(lab.clock, far));
    far.stop();
    call.hangUp();
    await page.until('disconnect');
  }));

for (const [code, name] of [
  [31486, 'busy'],
  [31480, 'no answer'],
  [31603, 'declined'],
  [31404, 'not found'],
] as const) {
  test(`a far end that is ${name} ends the call with ${code}`, () =>
    withPage(async (page) => {
      await page.device(accessToken());
      await page.dial();
      const { call } = await lab.nextCall();
      call.hangUp({ code, message: name });
      assert.equal(await page.until('call-error'), `call-error ${code}`);
      await page.until('disconnect');
    }));
}

const BAD: [string, Parameters<typeof accessToken>[0], number][] = [
  ['signed with another secret', { secret: 'another' }, 20101],
  ['of another account', { claims: { sub: `AC${'9'.repeat(32)}` } }, 20101],
  ['of a key that is not there', { claims: { iss: `SK${'9'.repeat(32)}` } }, 20101],
  ['with a bad identity', { identity: 'a.b' }, 20101],
  ['that has expired', { life: -10 }, 20104],
];
for (const [name, changes, code] of BAD) {
  test(`a token ${name} is refused`, () =>
    withPage(async (page) => {
      await page.device(accessToken(changes));
      await page.evaluate('window.dev.register().catch(() => {})');
      assert.equal(await page.until('device-error'), `device-error ${code}`);
    }));
}

test('a token without an outgoing grant cannot call', () =>
  withPage(async (page) => {
    await page.device(accessToken({ outgoing: false }));
    await page.dial();
    assert.equal(await page.until('call-error'), 'call-error 31002');
  }));

test('a customer’s call rings every tab; one answers, the other stops; parameters come along', () =>
  withPage((first) =>
    withPage(async (second) => {
      for (const page of [first, second]) {
        await page.device(accessToken({ identity: 'bob' }));
        await page.register();
      }
      const answered = new Promise<DeviceCall>((resolve, reject) => {
        const offer = {
          identity: 'bob',
          callSid: newSid('CA'),
          from: '+201001234500',
          to: 'client:bob',
          parameters: { name: 'سارة & co' },
        };
        const devices = lab.edge.ring(offer, { answered: resolve, rejected: () => reject(new Error('rejected')) });
        assert.equal(devices.count, 2);
      });
      assert.equal(await first.until('incoming'), 'incoming {"name":"سارة & co"}');
      await second.until('incoming');
      await first.evaluate('window.call.accept()');
      const call = await answered;
      await first.until('accept');
      await second.until('cancel');
      const far = joinTone(lab.clock, call.audio, 1000);
      assert.ok((await first.hear(1000, 2000)).share > 0.8);
      assert.ok(await becomesAudible(lab.clock, far));
      far.stop();
      call.hangUp();
      await first.until('disconnect');
    }),
  ));

test('a person who declines has declined; a caller who gives up is gone; nobody registered rings nobody', () =>
  withPage(async (page) => {
    await page.device(accessToken({ identity: 'carol' }));
    await page.register();
    const offer = (identity: string) => ({
      identity,
      callSid: newSid('CA'),
      from: '+201001234500',
      to: `client:${identity}`,
      parameters: {},
    });
    const rejected = new Promise<void>((resolve) =>
      lab.edge.ring(offer('carol'), { answered: () => {}, rejected: resolve }),
    );
    await page.until('incoming');
    await page.evaluate('window.call.reject()');
    await rejected;
    const devices = lab.edge.ring(offer('carol'), { answered: () => {}, rejected: () => {} });
    await page.until('incoming');
    devices.cancel();
    await page.until('cancel');
    assert.equal(lab.edge.ring(offer('nobody'), { answered: () => {}, rejected: () => {} }).count, 0);
  }));

test('a lost socket ends a call that nobody has answered yet: the SDK gives it up', () =>
  withPage(async (page) => {
    await page.device(accessToken());
    await page.dial();
    const { call } = await lab.nextCall();
    const over = hungUp(call);
    call.ringing();
    await page.until('ringing');
    lab.cutSockets();
    await over;
    lab.restore();
  }));

test('a lost socket resumes: the call goes on, and so does its audio', () =>
  withPage(async (page) => {
    const call = await openCall(page);
    const far = joinTone(lab.clock, call.audio, 1000);
    lab.cutSockets();
    await page.until('reconnecting');
    lab.restore();
    await page.until('reconnected');
    far.stop();
    await isHeardAnew(page, call);
    const over = hungUp(call);
    await page.evaluate('window.call.disconnect()');
    await over;
  }));

test('an ICE restart that lost its socket is made up for when the call resumes', () =>
  withPage(async (page) => {
    const call = await openCall(page);
    const far = joinTone(lab.clock, call.audio, 1000);
    assert.ok(await becomesAudible(lab.clock, far));
    lab.cutSockets();
    await page.until('reconnecting');
    await page.evaluate('window.call._mediaHandler.iceRestart()');
    await page.waitForFunction('window.call._mediaHandler.version.pc.signalingState === "have-local-offer"');
    lab.restore();
    await page.until('reconnected');
    await page.waitForFunction('window.call._mediaHandler.version.pc.signalingState === "stable"');
    far.stop();
    await isHeardAnew(page, call);
    call.hangUp();
    await page.until('disconnect');
  }));

test('a token renewed in mid-call changes nothing; one that ran out stops registration, not the call', () =>
  withPage(async (page) => {
    await page.device(accessToken({ life: 3 }));
    await page.register();
    await page.dial();
    const { call } = await lab.nextCall();
    call.ringing();
    call.answer();
    await page.until('accept');
    assert.equal(await page.until('device-error'), 'device-error 20104');
    await page.updateToken(accessToken());
    await page.until('registered');
    await page.until('registered');
    const far = joinTone(lab.clock, call.audio, 0);
    assert.ok(await becomesAudible(lab.clock, far));
    far.stop();
    const over = hungUp(call);
    await page.evaluate('window.call.disconnect()');
    await over;
  }));

test('another Device of the person picks the call up by its connect token', () =>
  withPage((first) =>
    withPage(async (second) => {
      await first.device(accessToken({ identity: 'dina' }));
      await first.register();
      await second.device(accessToken({ identity: 'dina' }));
      const answered = new Promise<DeviceCall>((resolve, reject) => {
        const offer = {
          identity: 'dina',
          callSid: newSid('CA'),
          from: '+201001234500',
          to: 'client:dina',
          parameters: {},
        };
        lab.edge.ring(offer, { answered: resolve, rejected: () => reject(new Error('rejected')) });
      });
      await first.until('incoming');
      const connectToken = await first.evaluate<string>('window.call.connectToken');
      await second.pickUp(connectToken);
      const call = await answered;
      await second.until('accept');
      await first.until('cancel');
      const far = joinTone(lab.clock, call.audio, 1000);
      assert.ok((await second.hear(1000, 2000)).share > 0.8);
      assert.ok(await becomesAudible(lab.clock, far));
      far.stop();
      call.hangUp();
    }),
  ));

test('call messages cross over', () =>
  withPage(async (page) => {
    const call = await openCall(page);
    const received = new Promise<CallMessage>((resolve) => call.listen({ message: resolve }));
    await page.evaluate(
      'window.call.sendMessage({ content: { hello: "world" }, messageType: "user-defined-message", contentType: "application/json" })',
    );
    assert.deepEqual((await received).content, { hello: 'world' });
    await page.until('message-sent');
    call.sendMessage({ content: { back: true }, contentType: 'application/json', messageType: 'user-defined-message' });
    assert.equal(await page.until('message'), 'message {"back":true}');
    call.hangUp();
    await page.until('disconnect');
  }));

test('ICE restarts: new credentials, same call, audio both ways', () =>
  withPage(async (page) => {
    const call = await openCall(page);
    const far = joinTone(lab.clock, call.audio, 1000);
    assert.ok((await page.hear(1000, 1500)).share > 0.8);
    far.stop();
    const credentials = 'window.call._mediaHandler.version.pc.currentRemoteDescription.sdp.match(/ice-ufrag:.*/)[0]';
    const before = await page.evaluate<string>(credentials);
    await page.evaluate('window.call._mediaHandler.iceRestart()');
    await page.waitForFunction(`${credentials} !== ${JSON.stringify(before)}`);
    await isHeardAnew(page, call);
    call.hangUp();
    await page.until('disconnect');
  }));

test('the page script leaves all other traffic of the page alone', () =>
  withPage(async (page) => {
    const seen = await page.evaluate(`(async () => {
      const own = new WebSocket('ws://127.0.0.1:9/signal');
      const urls = [own.url, new WebSocket('wss://voice-js.roaming.twilio.com/signal').url];
      const insights = await fetch('https://eventgw.us1.twilio.com/v4/EndpointEvents', { method: 'POST', body: '{}' });
      const ownFetch = await fetch(new URL('/sound.wav', location.href));
      return { urls, insights: insights.status, bytes: (await ownFetch.arrayBuffer()).byteLength, isNative: own instanceof EventTarget };
    })()`);
    const signal = `${page.url().replace('http', 'ws')}signal`;
    assert.deepEqual(seen, { urls: ['ws://127.0.0.1:9/signal', signal], insights: 200, bytes: 364, isNative: true });
  }));
