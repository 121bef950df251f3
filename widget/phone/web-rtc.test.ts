/** A page on a virtual desktop hands over what runs on the agent's own computer: all of a call's sound goes by that. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PhoneStage, settle } from '../testing/phone-stage.ts';
import { device } from './audio/testing/scripted-computer.ts';
import { useWebRtc, type WebRtc } from '../web-rtc.ts';

const OtherPeerConnection = class extends EventTarget {};
const OtherMediaStream = class extends EventTarget {};

describe('WebRTC that the page hands over', () => {
  let stage: PhoneStage;
  let mapped: unknown[];
  let asked: unknown[];
  const track = { stop() {}, label: 'At home', enabled: true };
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };
  const theirs = {
    // Methods of one object, as Citrix has them.
    getUserMedia(this: unknown, constraints: unknown) {
      asked.push(constraints);
      return this === theirs ? Promise.resolve(stream) : Promise.reject(new TypeError('Illegal invocation'));
    },
    enumerateDevices: () =>
      Promise.resolve([device('audioinput', 'm', 'At home'), device('audiooutput', 's', 'There')]),
    RTCPeerConnection: OtherPeerConnection,
    MediaStream: OtherMediaStream,
    mapAudioElement: (audio: unknown) => mapped.push(audio),
  } as unknown as WebRtc;

  beforeEach(() => {
    stage = new PhoneStage();
    mapped = [];
    asked = [];
    useWebRtc(theirs);
  });

  afterEach(() => {
    stage.phone.close();
    useWebRtc();
  });

  test('the SDK gets it, the microphone is opened by it, the loudspeakers are its own, and its page gets what is heard', async () => {
    stage.phone.connect('a');
    await settle();
    const { options, call, params } = stage.device;
    assert.deepEqual(params, [{ CallId: 'a' }]);
    assert.equal(options.RTCPeerConnection, OtherPeerConnection);
    assert.equal(options.MediaStream, OtherMediaStream);
    assert.equal(asked.length, 1);
    assert.equal(stage.microphone.tracks.length, 0, "the desktop's own microphone was opened");
    const given = await (options.getUserMedia as (constraints: object) => Promise<unknown>)({ audio: true });
    assert.equal(given, stream);
    const devices = (await (options.enumerateDevices as () => Promise<{ label: string }[]>)()).map(
      ({ label }) => label,
    );
    assert.deepEqual(devices.slice(-1), ['There']);
    const audio = {};
    call.emit('audio', audio);
    assert.deepEqual(mapped, [audio]);
  });

  test('what is left out is the browser’s', async () => {
    useWebRtc({});
    stage.phone.connect('a');
    await settle();
    assert.equal(stage.microphone.tracks.length, 1);
    assert.ok(!('RTCPeerConnection' in stage.device.options) && !('MediaStream' in stage.device.options));
    stage.device.call.emit('audio', {});
    assert.deepEqual(mapped, []);
  });
});
