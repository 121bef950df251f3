import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutOffer, fingerprintOf, iceUfragOf, requireAudio } from './offered-codecs.ts';

/** As Chromium offers, shortened. */
const OFFER = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0 111 63 9 8 13 110 126',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:secretsecretsecret',
  'a=fingerprint:sha-256 AA:BB',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:1 cname:x',
  '',
].join('\r\n');

test('only µ-law and 8 kHz telephone events are left of an offer', () => {
  const { sdp, telephoneEvent } = cutOffer(OFFER);
  assert.equal(telephoneEvent, 126);
  assert.match(sdp, /^m=audio 9 UDP\/TLS\/RTP\/SAVPF 0 126\r$/m);
  assert.deepEqual(
    [...sdp.matchAll(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/gm)].map(([, type]) => type),
    ['0', '126'],
  );
  assert.match(sdp, /^a=ssrc:1 cname:x\r$/m);
});

test('a browser without telephone events sends digits by signalling', () => {
  const { sdp, telephoneEvent } = cutOffer(OFFER.replace('a=rtpmap:126 telephone-event/8000\r\n', ''));
  assert.equal(telephoneEvent, undefined);
  assert.match(sdp, /^m=audio 9 UDP\/TLS\/RTP\/SAVPF 0\r$/m);
});

test('what no audio can be built on is refused in a sentence', () => {
  for (const [line, reason] of [
    ['m=audio', /no audio/],
    ['a=ice-pwd', /no ICE/],
    ['a=ice-ufrag', /no ICE/],
    ['a=fingerprint', /no DTLS/],
    ['a=rtpmap:0', /no µ-law/],
  ] as const) {
    const without = OFFER.split('\r\n').filter((each) => !each.startsWith(line));
    assert.throws(() => requireAudio(without.join('\r\n')), reason);
  }
  assert.throws(() => cutOffer(''), /no audio/);
});

test('who and which ICE generation a description is of', () => {
  assert.equal(iceUfragOf(OFFER), 'abcd');
  assert.equal(fingerprintOf(OFFER), 'sha-256 AA:BB');
  assert.equal(iceUfragOf('v=0'), undefined);
  assert.equal(fingerprintOf('v=0'), undefined);
});
