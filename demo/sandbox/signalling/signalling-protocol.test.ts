import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { mediaAddress } from '../media/media-address.ts';
import type { DeviceCall, RingingEvents } from '../ports.ts';
import { newSid } from '../sid.ts';
import { accessToken } from './example-account.ts';
import { browserOffer, openSocketLab, type SdkSocket, type SocketLab } from './sdk-socket.ts';

let lab: SocketLab;
let offer: Awaited<ReturnType<typeof browserOffer>>;
const placed = new EventTarget();
before(async () => {
  offer = await browserOffer();
  lab = await openSocketLab(() => placed.dispatchEvent(new Event('call')));
});
after(async () => {
  await lab.close();
  await offer.close();
});

/** A call that a socket placed; the SDK's own name for it is TJS1. */
async function place(socket: SdkSocket): Promise<DeviceCall> {
  const call = once(placed, 'call');
  socket.send('invite', { callsid: 'TJS1', sdp: offer.sdp, twilio: { params: 'To=%2B20100' } });
  await call;
  return lab.placed.at(-1)!.call;
}

const hungUp = async (call: DeviceCall) => new Promise<void>((resolve) => call.listen({ hungUp: resolve }));

async function registered(identity: string, userAgent?: string): Promise<SdkSocket> {
  const socket = await lab.open(accessToken({ identity }), userAgent);
  socket.send('register', { media: { audio: true } });
  await socket.next('ready');
  return socket;
}

function ring(identity: string, events: Partial<RingingEvents> = {}) {
  const party = { identity, callSid: newSid('CA'), from: '+201001234500', to: `client:${identity}`, parameters: {} };
  return lab.edge.ring(party, { answered: () => {}, rejected: () => {}, ...events });
}

test('frames that make no sense change nothing: the socket goes on, the next good frame is answered', async () => {
  const socket = await lab.open();
  const nonsense = ['{', '[]', 'null', '{"type":"listen"}', '{"type":"listen","payload":{"token":5}}', '"\n"', '\n'];
  for (const text of nonsense) socket.sendText(text);
  socket.sendText(Buffer.from([0xff, 0x00, 0x80]));
  for (const type of ['invite', 'answer', 'reject', 'hangup', 'dtmf', 'reinvite', 'message', 'register', 'what']) {
    socket.send(type, null);
    socket.send(type, { callsid: 7, sdp: {}, media: 'loud' });
    socket.send(type, { callsid: 'CAnone', sdp: 'v=0', dtmf: '1', media: { audio: true } });
  }
  socket.send('listen', { token: accessToken() });
  assert.equal(((await socket.next('connected'))['token'] as { identity: string }).identity, 'alice');
  assert.deepEqual(lab.errors, []);
});

test("a call carries the token's own parameters beside the browser's", async () => {
  const socket = await lab.open(accessToken({ params: { Tenant: 'one' } }));
  const call = await place(socket);
  const { parameters, grantParameters } = lab.placed.at(-1)!;
  assert.deepEqual([parameters, grantParameters], [{ To: '+20100' }, { Tenant: 'one' }]);
  call.hangUp();
  socket.cut();
});

test('a description that cannot be met ends the attempt with the reason, and nothing reaches the carrier', async () => {
  const socket = await lab.open(accessToken());
  const count = lab.placed.length;
  const bad = [
    'nonsense',
    'v=0\r\n',
    offer.sdp.replaceAll('PCMU', 'opus'),
    offer.sdp.replace(/^a=fingerprint.*\r\n/gm, ''),
    offer.sdp.replace(/^a=ice-.*\r\n/gm, ''),
    offer.sdp.replace('m=audio', 'm=video'),
    'a=rtpmap:0 PCMU/8000\r\n'.repeat(2000),
  ];
  for (const sdp of bad) {
    socket.send('invite', { callsid: 'TJSbad', sdp, twilio: {} });
    const { callsid, error } = await socket.next('hangup');
    assert.equal(callsid, 'TJSbad');
    assert.equal((error as { code: number }).code, 31400, sdp.slice(0, 40));
  }
  assert.equal(lab.placed.length, count);
  assert.deepEqual(lab.errors, []);
});

test('nobody calls without a token', async () => {
  const socket = await lab.open();
  socket.send('invite', { callsid: 'TJS1', sdp: offer.sdp, twilio: {} });
  assert.equal(((await socket.next('hangup'))['error'] as { code: number }).code, 31204);
});

test('a hang-up right behind its invite ends the call at the carrier', async () => {
  const socket = await lab.open(accessToken());
  const over = new Promise<void>((resolve) =>
    placed.addEventListener('call', () => lab.placed.at(-1)!.call.listen({ hungUp: resolve }), { once: true }),
  );
  socket.send('invite', { callsid: 'TJS1', sdp: offer.sdp, twilio: {} });
  socket.send('hangup', { callsid: 'TJS1' });
  await over;
});

test('a hang-up that crosses our ringing still carries the SDK’s own name of the call', async () => {
  const socket = await lab.open(accessToken());
  const call = await place(socket);
  const over = hungUp(call);
  call.ringing();
  socket.send('hangup', { callsid: 'TJS1' });
  await over;
});

test('before the SDK knows our SID, a hang-up of the carrier names the call as the SDK does', async () => {
  const socket = await lab.open(accessToken());
  (await place(socket)).hangUp({ code: 31486, message: 'busy' });
  assert.equal((await socket.next('hangup'))['callsid'], 'TJS1');
  const call = await place(socket);
  call.ringing();
  call.hangUp();
  assert.equal((await socket.next('hangup'))['callsid'], call.callSid);
});

test('a session cannot touch another’s call, nor take it over without its token', async () => {
  const owner = await lab.open(accessToken());
  const call = await place(owner);
  call.answer();
  const { reconnect } = await owner.next('answer');
  const heard: string[] = [];
  call.listen({
    digit: (digit) => heard.push(digit),
    message: () => heard.push('message'),
    hungUp: () => heard.push('hungUp'),
  });

  const stranger = await lab.open(accessToken({ identity: 'mallory' }));
  const { callSid } = call;
  stranger.send('hangup', { callsid: callSid });
  stranger.send('dtmf', { callsid: callSid, dtmf: '1' });
  stranger.send('reinvite', { callsid: callSid, sdp: offer.sdp });
  stranger.send('message', { callsid: callSid, content: 1, contenttype: 'a', messagetype: 'b', voiceeventsid: 'KX' });
  assert.equal(((await stranger.next('error'))['error'] as { code: number }).code, 31404);
  stranger.send('invite', { callsid: callSid, sdp: offer.sdp, reconnect, twilio: {} });
  assert.equal(((await stranger.next('hangup'))['error'] as { code: number }).code, 31209);

  const guesser = await lab.open(accessToken());
  guesser.send('invite', { callsid: callSid, sdp: offer.sdp, reconnect: 'a guess', twilio: {} });
  assert.equal(((await guesser.next('hangup'))['error'] as { code: number }).code, 31209);
  assert.deepEqual(heard, []);

  owner.send('dtmf', { callsid: callSid, dtmf: '4w#x' });
  owner.send('hangup', { callsid: callSid });
  owner.send('message', { callsid: callSid, content: 1, contenttype: 'a', messagetype: 'b', voiceeventsid: 'KX' });
  await owner.next('error');
  assert.deepEqual(heard, ['4', '#', 'hungUp']);
});

test('an expired token leaves the door open only for a call that waits to resume', async () => {
  const idle = await lab.open();
  idle.send('listen', { token: accessToken({ life: -1 }) });
  assert.equal(((await idle.next('error'))['error'] as { code: number }).code, 20104);
  await idle.next('close');

  const owner = await lab.open(accessToken({ identity: 'hoda' }));
  const call = await place(owner);
  call.answer();
  const { reconnect } = await owner.next('answer');
  owner.cut();

  const again = await lab.open();
  again.send('listen', { token: accessToken({ identity: 'hoda', life: -1 }) });
  assert.equal(((await again.next('error'))['error'] as { code: number }).code, 20104);
  again.send('listen', { token: accessToken({ identity: 'hoda' }) });
  again.send('invite', { callsid: call.callSid, sdp: offer.sdp, reconnect, twilio: {} });
  assert.equal((await again.next('answer'))['callsid'], call.callSid);
  call.hangUp();
});

test('the same resume twice on one socket is one call (a renewed token makes the SDK send it)', async () => {
  const owner = await lab.open(accessToken());
  const call = await place(owner);
  call.answer();
  const { reconnect } = await owner.next('answer');
  const count = lab.placed.length;
  for (let time = 0; time < 2; time += 1) {
    owner.send('invite', { callsid: call.callSid, sdp: offer.sdp, reconnect, twilio: {} });
    assert.equal((await owner.next('answer'))['sdp'], undefined);
  }
  assert.equal(lab.placed.length, count);
  call.hangUp();
});

test('another browser with the token takes the call over, and the first is told', async () => {
  const first = await lab.open(accessToken());
  const call = await place(first);
  call.answer();
  const { reconnect } = await first.next('answer');
  const second = await lab.open(accessToken());
  const other = await browserOffer();
  // Both ends of these tests are one process with one certificate; another browser has another.
  const sdp = other.sdp.replaceAll(/(a=fingerprint:sha-256 )../g, '$100');
  second.send('invite', { callsid: call.callSid, sdp, reconnect, twilio: {} });
  assert.match(String((await second.next('answer'))['sdp']), /ice-ufrag/);
  assert.equal((await first.next('hangup'))['callsid'], call.callSid);
  const over = hungUp(call);
  second.send('hangup', { callsid: call.callSid });
  await over;
  await other.close();
});

test('a browser is met where it can be: Firefox away from loopback, whether it calls or is called', async () => {
  for (const userAgent of ['Chrome/156.0.0.0', 'Mozilla/5.0 Gecko/20100101 Firefox/153.0']) {
    const address = mediaAddress(userAgent);
    const device = await registered('nadia', userAgent);
    const call = await place(device);
    call.answer();
    assert.match(String((await device.next('answer'))['sdp']), new RegExp(`a=candidate:.* ${address} `));
    ring('nadia');
    const { sdp, callsid } = await device.next('invite');
    assert.match(String(sdp), new RegExp(`a=candidate:.* ${address} `));
    device.send('reject', { callsid });
    device.send('hangup', { callsid: call.callSid });
    device.cut();
  }
});

test('an answer from a Device that gives rubbish ends the call on both sides', async () => {
  const device = await registered('rania');
  const over = new Promise<void>((resolve) => {
    ring('rania', { answered: (call) => call.listen({ hungUp: resolve }) });
  });
  const { callsid } = await device.next('invite');
  device.send('answer', { callsid, sdp: 'rubbish' });
  assert.equal(((await device.next('hangup'))['error'] as { code: number }).code, 31400);
  await over;
});

test('an answer that comes too late is told so', async () => {
  const device = await registered('salma');
  const ringing = ring('salma');
  const { callsid } = await device.next('invite');
  ringing.cancel();
  device.send('answer', { callsid, sdp: offer.sdp });
  await device.next('cancel');
  assert.equal((await device.next('hangup'))['callsid'], callsid);
});

test('when every Device that rings is gone, the caller hears of it', async () => {
  const devices = [await registered('tamer'), await registered('tamer')];
  await new Promise<void>((resolve) => {
    assert.equal(ring('tamer', { rejected: resolve }).count, 2);
    for (const device of devices) device.cut();
  });
});

test('the eleventh registration of a person drops the oldest; registering again keeps one’s place', async () => {
  const devices: SdkSocket[] = [];
  for (let count = 0; count < 10; count += 1) devices.push(await registered('zein'));
  devices[0]!.send('register', { media: { audio: true } });
  await devices[0]!.next('ready');
  await registered('zein');
  await devices[0]!.next('offline');
  assert.equal(lab.edge.registeredDevices('zein'), 10);
  for (const device of devices) device.cut();
});

test('a token without the incoming grant does not register', async () => {
  const socket = await lab.open(accessToken({ identity: 'wael', incoming: false }));
  socket.send('register', { media: { audio: true } });
  await socket.next('offline');
  assert.equal(lab.edge.registeredDevices('wael'), 0);
});

test('the edge’s heartbeat reaches an idle socket', async () => {
  const socket = await lab.open();
  await socket.heartbeat();
});
