/** The phone by itself, on the unmodified Voice SDK in Chromium, against the sandbox's edge. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DeviceCall } from '../sandbox/ports.ts';
import { becomesAudible, fallsSilent, joinTone } from '../sandbox/signalling/far-end-tone.ts';
import { openPhoneLab, type PhoneLab, type PhonePage } from './phone-lab.ts';

let lab: PhoneLab;
before(async () => (lab = await openPhoneLab()));
after(async () => {
  await lab.close();
  assert.deepEqual(lab.errors, []);
  assert.deepEqual(lab.browser.strayRequests, []);
  assert.deepEqual(lab.browser.pageErrors, []);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function withPhone(run: (phone: PhonePage) => Promise<void>, query = ''): Promise<void> {
  const phone = await lab.openPage(query);
  try {
    await run(phone);
  } finally {
    await phone.page.evaluate('globalThis.phone?.close()');
    await phone.page.close();
  }
}

async function receiving(phone: PhonePage): Promise<void> {
  await phone.ask('receive', true);
  await phone.untilReach('ready');
}

async function takeCall(phone: PhonePage, callId: string): Promise<DeviceCall> {
  const { answered } = lab.ring(callId);
  await phone.until('call-arrived', callId);
  await phone.ask('accept', callId);
  const call = await answered;
  await phone.until('call-opened', callId);
  return call;
}

/** Audio both ways that began only now: a tone of its own, so that nothing left over in a buffer counts. */
async function isHeard(phone: PhonePage, call: DeviceCall, hz: number): Promise<void> {
  const far = joinTone(lab.clock, call.audio, hz);
  const heard = await phone.listen(hz, 2500);
  assert.ok(heard.share > 0.8, `the customer is heard: ${JSON.stringify(heard)}`);
  assert.ok(await becomesAudible(lab.clock, far), 'the agent is heard');
  far.stop();
}

const hungUp = (call: DeviceCall) =>
  new Promise<'hung up'>((resolve) => call.listen({ hungUp: () => resolve('hung up') }));

test('a customer calls: it arrives with number and name, rings, is answered and heard both ways', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const { answered } = lab.ring('a', 'سارة & co');
    const { at, ...arrived } = await phone.until('call-arrived');
    assert.equal(typeof at, 'number');
    const who = { number: '+201001234500', name: 'سارة & co', line: null };
    assert.deepEqual(arrived, { type: 'call-arrived', callId: 'a', ...who });
    await phone.ask('accept', 'a');
    const call = await answered;
    await phone.until('call-opened', 'a');
    assert.deepEqual(await phone.page.evaluate('rings'), ['ring', 'stop']);
    await isHeard(phone, call, 1000);
    const over = hungUp(call);
    await phone.ask('disconnect', 'a');
    await phone.until('call-ended', 'a');
    await over;
    assert.equal(lab.registered(), 1);
  }));

test('a second customer while busy: beeps, is answered after the first is hung up; each call ends once', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const first = await takeCall(phone, 'a');
    const firstOver = hungUp(first);
    const second = lab.ring('b');
    await phone.until('call-arrived', 'b');
    await phone.ask('disconnect', 'a');
    await phone.ask('accept', 'b');
    await firstOver;
    const call = await second.answered;
    await phone.until('call-opened', 'b');
    assert.deepEqual(await phone.page.evaluate('rings'), ['ring', 'stop', 'waiting', 'ring', 'stop']);
    await isHeard(phone, call, 700);
    call.hangUp();
    await phone.until('call-ended', 'b');
    await pause(300);
    assert.deepEqual(await phone.facts(), []);
  }));

test('a caller who gives up is missed; a declined call is told to the carrier; off means off', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const gone = lab.ring('a');
    await phone.until('call-arrived', 'a');
    gone.cancel();
    assert.deepEqual((await phone.until('call-ended', 'a'))['verdict'], { outcome: 'missed', problem: null });
    const declined = lab.ring('b');
    await phone.until('call-arrived', 'b');
    await phone.ask('reject', 'b');
    await declined.rejected;
    await phone.until('call-ended', 'b');
    await phone.ask('receive', false);
    await phone.untilReach('off');
    while (lab.registered() > 0) await pause(20);
  }));

test('a reload in mid-call: the same call, heard both ways, and hung up from the new page', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    const over = hungUp(call);
    await phone.page.reload();
    await phone.until('call-resumed');
    await phone.until('connection-restored', 'a');
    await isHeard(phone, call, 1000);
    // A second time, now as the SDK's "outgoing" call that took it up.
    await phone.page.reload();
    await phone.until('connection-restored', 'a');
    await isHeard(phone, call, 700);
    await phone.ask('disconnect', 'a');
    await phone.until('call-ended', 'a');
    assert.equal(await over, 'hung up');
  }));

test('an outgoing call outlives a reload too; muted before is muted after', () =>
  withPhone(async (phone) => {
    await phone.ask('connect', 'c');
    const { call } = await lab.nextCall();
    call.ringing();
    call.answer();
    await phone.until('call-opened', 'c');
    await phone.ask('mute', 'c', true);
    await phone.until('call-muted', 'c');
    await phone.page.reload();
    await phone.until('connection-restored', 'c');
    const far = joinTone(lab.clock, call.audio, 0);
    assert.ok(await fallsSilent(lab.clock, far), 'muted');
    far.stop();
    await phone.ask('mute', 'c', false);
    await isHeard(phone, call, 1000);
    call.hangUp();
    await phone.until('call-ended', 'c');
  }));

test('a page that is left by a dialer that keeps nothing hangs up at once', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    const over = hungUp(call);
    await phone.page.goto('about:blank');
    assert.equal(await Promise.race([over, pause(3000)]), 'hung up');
  }, '?careless'));

test('a call that has ended while the page was away is told as lost', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    await phone.page.goto('about:blank');
    call.hangUp();
    await phone.page.goBack();
    const { verdict } = await phone.until('call-ended', 'a');
    assert.deepEqual(verdict, { outcome: null, problem: { code: 'connection-lost', carrierCode: null } });
  }));

test('a page that is left while it rings does not say no for others', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const other = await lab.openPage();
    await receiving(other);
    const { answered } = lab.ring('a');
    await phone.until('call-arrived', 'a');
    await other.until('call-arrived', 'a');
    await phone.page.goto('about:blank');
    await other.ask('accept', 'a');
    const call = await answered;
    await other.until('call-opened', 'a');
    call.hangUp();
    await other.until('call-ended', 'a');
    await other.page.close();
  }, '?careless'));

test('a socket that is cut for 4 s: the call goes on, and customers reach the agent again', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    lab.cutSockets();
    await phone.until('connection-lost', 'a');
    await pause(4000);
    lab.restore();
    await phone.until('connection-restored', 'a');
    await isHeard(phone, call, 1000);
    while (lab.registered() === 0) await pause(20);
    const second = lab.ring('b');
    await phone.until('call-arrived', 'b');
    second.cancel();
    await phone.until('call-ended', 'b');
    call.hangUp();
    await phone.until('call-ended', 'a');
  }));

test('another microphone in mid-call is heard, muted if the call is, and none is open after the call', () =>
  withPhone(async (phone) => {
    // Chromium's fake devices: the system's, and the same under its own name.
    await phone.page.evaluate(`
      window.tracks = [];
      const { mediaDevices } = navigator;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (wanted) => { const stream = await open(wanted); tracks.push(...stream.getTracks()); return stream; };
    `);
    const choose = (id: string) =>
      phone.page.evaluate(`changeAudioSettings({ microphone: { id: ${JSON.stringify(id)}, label: '' } })`);
    const opened = (count: number) => phone.page.waitForFunction(`tracks.length === ${count}`);
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    const ids = await phone.page.evaluate<string[]>(
      `navigator.mediaDevices.enumerateDevices().then((all) => all.filter((each) => each.kind === 'audioinput').map((each) => each.deviceId))`,
    );
    const other = ids.find((id) => id !== 'default' && id !== 'communications');
    assert.ok(other, `a second microphone: ${ids.join()}`);
    await choose(other);
    await opened(2);
    await isHeard(phone, call, 1000);
    await phone.ask('mute', 'a', true);
    await choose('default');
    await opened(3);
    const far = joinTone(lab.clock, call.audio, 0);
    assert.ok(await fallsSilent(lab.clock, far), 'muted');
    far.stop();
    await phone.ask('mute', 'a', false);
    await isHeard(phone, call, 700);
    assert.deepEqual(await phone.page.evaluate('tracks.map((each) => each.readyState)'), ['ended', 'ended', 'live']);
    await phone.ask('disconnect', 'a');
    await phone.until('call-ended', 'a');
    await phone.page.waitForFunction('tracks.every((each) => each.readyState === "ended")');
    const next = await takeCall(phone, 'b');
    await isHeard(phone, next, 1000);
    next.hangUp();
    await phone.until('call-ended', 'b');
  }));

test('an access token that runs out in mid-call is renewed: the call goes on, and customers reach the agent', () =>
  withPhone(async (phone) => {
    lab.tokenLife = 4;
    await receiving(phone);
    const call = await takeCall(phone, 'a');
    lab.tokenLife = 600;
    const before = lab.tokens();
    await phone.until('reach-changed');
    assert.equal(lab.tokens(), before + 1, 'it was asked for when it had to be, once');
    await isHeard(phone, call, 1000);
    while (lab.registered() === 0) await pause(20);
    call.hangUp();
    await phone.until('call-ended', 'a');
  }));

test('no network, no reach; back again, ready again by itself', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    await lab.browser.context.setOffline(true);
    lab.cutSockets();
    await phone.untilReach('offline');
    lab.restore();
    await lab.browser.context.setOffline(false);
    await phone.untilReach('ready');
  }));

test('a page that was frozen says that it sleeps, and is really reached again when it wakes', () =>
  withPhone(async (phone) => {
    await receiving(phone);
    // Headless Chromium freezes no page: the events as it sends them, to the document alone.
    const tell = (type: string) => phone.page.evaluate(`void document.dispatchEvent(new Event('${type}'))`);
    await tell('freeze');
    await phone.untilReach('asleep');
    lab.cutSockets();
    await pause(1000);
    lab.restore();
    await tell('resume');
    await phone.untilReach('ready');
    assert.equal(lab.registered(), 1);
    const call = await takeCall(phone, 'a');
    await isHeard(phone, call, 1000);
    call.hangUp();
    await phone.until('call-ended', 'a');
  }));

test('a phone that only calls is not reachable, also after its token was renewed', () =>
  withPhone(async (phone) => {
    await phone.ask('prepare');
    lab.tokenLife = 20;
    await phone.ask('connect', 'c');
    const { call } = await lab.nextCall();
    call.answer();
    await phone.until('call-opened', 'c');
    lab.tokenLife = 600;
    await isHeard(phone, call, 1000);
    assert.equal(lab.registered(), 0);
    call.hangUp();
    await phone.until('call-ended', 'c');
    const { rejected } = lab.ring('d');
    await Promise.race([rejected, pause(300)]);
    assert.ok((await phone.facts()).every(({ type }) => type !== 'call-arrived'));
  }));

test('the browser asks before a page is left with a call, and only then', () =>
  withPhone(async (phone) => {
    const asked: string[] = [];
    phone.page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      return dialog.dismiss();
    });
    await receiving(phone);
    const { cancel } = lab.ring('a');
    await phone.until('call-arrived', 'a');
    await phone.page.mouse.click(10, 10);
    await phone.page.evaluate('void (location.href = "about:blank")');
    while (asked.length === 0) await pause(20);
    assert.deepEqual(asked, ['beforeunload']);
    cancel();
    await phone.until('call-ended', 'a');
    await phone.page.goto('about:blank');
    assert.equal(asked.length, 1);
  }));
