import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MediaStreamTrack, RtpHeader, RtpPacket, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { AudioClock } from './clock.ts';
import { encodeMuLaw } from './g711.ts';
import { rms } from './level.ts';
import { tone } from './tones.ts';
import { VoicePeer } from './voice-peer.ts';

const clock = new AudioClock();
before(() => clock.start());
after(() => clock.stop());

/** RFC 5246, 7.4 */
const SERVER_HELLO = 2;

const LOUD = tone(440, 20, 0.5);

/** A browser's peer connection in the place of a browser: sends what it is told, keeps what it receives. */
function browserEnd() {
  const codec = (name: string, payloadType: number) =>
    new RTCRtpCodecParameters({ mimeType: `audio/${name}`, clockRate: 8000, channels: 1, payloadType });
  const connection = new RTCPeerConnection({
    codecs: { audio: [codec('PCMU', 0), codec('telephone-event', 126)] },
    iceServers: [],
    iceUseIpv6: false,
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  const track = new MediaStreamTrack({ kind: 'audio' });
  const transceiver = connection.addTransceiver(track, { direction: 'sendrecv' });
  const received: RtpPacket[] = [];
  transceiver.onTrack.subscribe((remote) => remote.onReceiveRtp.subscribe((packet) => received.push(packet)));
  let sequenceNumber = 0;
  return {
    connection,
    received,
    say(frame: Int16Array) {
      sequenceNumber += 1;
      const header = new RtpHeader({ payloadType: 0, sequenceNumber, timestamp: sequenceNumber * 160, ssrc: 7 });
      track.writeRtp(new RtpPacket(header, Buffer.from(encodeMuLaw(frame))));
    },
  };
}

async function connected(connection: RTCPeerConnection): Promise<void> {
  if (connection.connectionState === 'connected') return;
  await connection.connectionStateChange.watch((state) => state === 'connected', 5000);
}

async function until(isSo: () => boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = clock.onTick(() => {
      if (!isSo()) return;
      stop();
      resolve();
    });
  });
}

async function joined() {
  const browser = browserEnd();
  await browser.connection.setLocalDescription(await browser.connection.createOffer());
  const { peer, sdp } = await VoicePeer.answering(browser.connection.localDescription!.sdp);
  await browser.connection.setRemoteDescription({ type: 'answer', sdp });
  await connected(browser.connection);
  return { browser, peer, sdp };
}

test('the answer is ICE-lite, on loopback only, µ-law and telephone events only', async () => {
  const { browser, peer, sdp } = await joined();
  const candidates = [...sdp.matchAll(/^a=candidate:(.*)$/gm)].map(([, line]) => line!.split(' ')[4]);
  assert.ok(candidates.length > 0);
  assert.deepEqual([...new Set(candidates)], ['127.0.0.1']);
  assert.match(sdp.split('m=audio')[0]!, /^a=ice-lite\r$/m);
  assert.equal(sdp.match(/ice-lite/g)?.length, 1);
  assert.match(sdp, /^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 0 126\r?$/m);
  peer.close();
  await browser.connection.close();
});

test('the offer to a browser that is called says that it is ICE-lite too, and where it is met', async () => {
  const { peer, sdp } = await VoicePeer.offering('127.0.0.2');
  assert.match(sdp.split('m=audio')[0]!, /^a=ice-lite\r$/m);
  assert.deepEqual(
    [...sdp.matchAll(/^a=candidate:(.*)$/gm)].map(([, line]) => line!.split(' ')[4]),
    ['127.0.0.2'],
  );
  peer.close();
});

test('20 ms frames go out one after the other, 160 samples apart, and come in', async () => {
  const { browser, peer } = await joined();
  const stop = clock.onTick(() => peer.give(LOUD));
  await until(() => browser.received.length >= 10);
  stop();
  const headers = browser.received.map(({ header }) => header);
  headers.slice(1).forEach((header, index) => {
    assert.equal((header.sequenceNumber - headers[index]!.sequenceNumber) & 0xffff, 1);
    assert.equal((header.timestamp - headers[index]!.timestamp) >>> 0, 160);
    assert.equal(header.ssrc, headers[0]!.ssrc);
  });
  assert.deepEqual([...browser.received[0]!.payload], [...encodeMuLaw(LOUD)]);

  let loudest = 0;
  const stopTalking = clock.onTick(() => browser.say(LOUD));
  await until(() => {
    const frame = peer.take();
    if (frame) loudest = Math.max(loudest, rms(frame));
    return loudest > 0.1;
  });
  stopTalking();
  peer.close();
  await browser.connection.close();
});

test('closing gives every port back', async () => {
  const ports = () => process.getActiveResourcesInfo().filter((each) => each === 'UDPWrap').length;
  const before = ports();
  const offers = await Promise.all(Array.from({ length: 5 }, async () => VoicePeer.offering()));
  const { browser, peer } = await joined();
  assert.ok(ports() > before);
  for (const { peer } of offers) peer.close();
  peer.close();
  peer.close();
  await browser.connection.close();
  await until(() => ports() <= before);
});

test('a call that ends within the handshake is not asked for its answer any more', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  // Tests before this one may still have some of theirs.
  let before = timers();
  const later = Date.now() + 1500;
  await until(() => (before = Math.min(before, timers())) === 0 || Date.now() > later);
  const { connection } = browserEnd();
  await connection.setLocalDescription(await connection.createOffer());
  const { peer, sdp } = await VoicePeer.answering(connection.localDescription!.sdp);
  await connection.setRemoteDescription({ type: 'answer', sdp });
  await until(() => connection.dtlsTransports[0]?.dtls !== undefined);
  const dtls = connection.dtlsTransports[0]!.dtls!;
  let asked = false;
  const { onHandleHandshakes } = dtls;
  dtls.onHandleHandshakes = async (messages) => {
    asked ||= messages.some(({ msg_type }) => msg_type === SERVER_HELLO);
    if (!asked) await onHandleHandshakes(messages);
  };
  await until(() => asked);
  peer.close();
  dtls.dtls.flight = Infinity;
  await connection.close();
  const end = Date.now() + 15_000;
  await until(() => timers() <= before || Date.now() > end);
  assert.ok(timers() <= before, 'it is still asked');
});

test('an offer or answer that cannot be met is refused and leaves no port open', async () => {
  const ports = () => process.getActiveResourcesInfo().filter((each) => each === 'UDPWrap').length;
  const before = ports();
  await assert.rejects(VoicePeer.answering('v=0'), /no audio/);
  const { peer } = await VoicePeer.offering();
  await assert.rejects(peer.accept('v=0'), /no audio/);
  peer.close();
  await until(() => ports() <= before);
});
