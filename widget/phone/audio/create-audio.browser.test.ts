import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { Audio as AudioPort, AudioState } from '../../core/audio.ts';
import { audioSettings, changeAudioSettings } from './audio-settings.ts';
import { createAudio } from './create-audio.ts';
import { waitUntil } from '../../testing/wait-until.ts';

const SYSTEM = { id: 'default', label: '' };
const info = (kind: MediaDeviceKind, deviceId: string, label: string) =>
  ({ kind, deviceId, label, groupId: label }) as MediaDeviceInfo;
const BUILT_IN = info('audioinput', 'b', 'Built-in');
const HEADSET = info('audioinput', 'h', 'Headset');
const SPEAKERS = info('audiooutput', 's', 'Speakers');

describe('audio of the agent', () => {
  const { mediaDevices } = navigator;
  let devices: MediaDeviceInfo[];
  let asked: unknown[];
  let streams: MediaStream[];
  let contexts: AudioContext[];
  let refusal: string | null;
  let audio: AudioPort;

  // A click: without one, a page hears and plays nothing.
  before(() => sendMouse({ type: 'click', position: [5, 5] }));

  beforeEach(() => {
    changeAudioSettings({ microphone: SYSTEM, speaker: SYSTEM, ringer: SYSTEM, ringVolume: 0.5, notifications: false });
    devices = [BUILT_IN, HEADSET, SPEAKERS];
    asked = [];
    streams = [];
    contexts = [];
    refusal = null;
    Object.assign(mediaDevices, {
      enumerateDevices: () => Promise.resolve(devices),
      getUserMedia({ audio }: { audio: MediaTrackConstraints }) {
        asked.push((audio.deviceId as { exact: string } | undefined)?.exact ?? 'default');
        return refusal ? Promise.reject(new DOMException('no', refusal)) : Promise.resolve(tone());
      },
    });
    audio = createAudio({ base: new URL('https://dialer.example/') });
  });

  afterEach(async () => {
    audio.close();
    Reflect.deleteProperty(mediaDevices, 'enumerateDevices');
    Reflect.deleteProperty(mediaDevices, 'getUserMedia');
    await Promise.all(contexts.map((context) => context.close()));
  });

  /** What a microphone gives before which somebody whistles. */
  function tone(): MediaStream {
    const context = new AudioContext();
    contexts.push(context);
    const destination = context.createMediaStreamDestination();
    const whistle = new OscillatorNode(context, { frequency: 440 });
    whistle.connect(destination);
    whistle.start();
    streams.push(destination.stream);
    return destination.stream;
  }

  function live(): number {
    return streams.flatMap((stream) => stream.getTracks()).filter(({ readyState }) => readyState === 'live').length;
  }

  function until(holds: (state: AudioState) => boolean): Promise<void> {
    // Of sound, as of all that the browser does beside the page, a busy machine has more to do first.
    return waitUntil(() => holds(audio.getState()), 'the audio is so', { timeout: 10_000 });
  }

  it('lists the devices, and again when one comes', async () => {
    await until(({ microphones }) => microphones.length === 3);
    expect(audio.getState().microphones.map(({ id }) => id)).to.deep.equal(['default', 'b', 'h']);
    expect(audio.getState().speakers).to.deep.equal([
      { id: 'default', label: 'Speakers' },
      { id: 's', label: 'Speakers' },
    ]);
    expect(audio.getState().canChooseSpeaker).to.equal(true);
    devices = [BUILT_IN];
    mediaDevices.dispatchEvent(new Event('devicechange'));
    await until(({ microphones }) => microphones.length === 2);
    expect(asked).to.deep.equal([]);
  });

  it('remembers what is chosen, shows what is there, and follows other tabs', async () => {
    await until(({ microphones }) => microphones.length === 3);
    audio.choose('microphone', 'h');
    audio.choose('speaker', 'nobody has heard of');
    audio.setRingVolume(7);
    expect(audioSettings().microphone).to.deep.equal({ id: 'h', label: 'Headset' });
    expect(audio.getState().chosen).to.deep.equal({ microphone: 'h', speaker: 'default', ringer: 'default' });
    expect(audio.getState().ringVolume).to.equal(1);
    changeAudioSettings({ ringer: { id: 'other', label: 'Speakers' }, microphone: { id: 'x', label: 'gone' } });
    expect(audio.getState().chosen).to.deep.equal({ microphone: 'default', speaker: 'default', ringer: 's' });
    audio.choose('ringer', 'default');
    expect(audioSettings().ringer).to.deep.equal(SYSTEM);
  });

  it('tests the chosen microphone: its level is seen, and it is given back', async () => {
    changeAudioSettings({ microphone: { id: 'h', label: 'Headset' } });
    audio.testMicrophone(true);
    expect(audio.getState().testing).to.equal(true);
    await until(({ level }) => level > 0.5);
    expect(asked).to.deep.equal(['h']);
    audio.testMicrophone(false);
    expect(live()).to.equal(0);
    const { testing, level, problem } = audio.getState();
    expect({ testing, level, problem }).to.deep.equal({ testing: false, level: 0, problem: null });
  });

  it('another microphone that is chosen under test is tested', async () => {
    await until(({ microphones }) => microphones.length === 3);
    audio.testMicrophone(true);
    await waitUntil(() => streams.length === 1);
    audio.choose('microphone', 'h');
    await waitUntil(() => streams.length === 2);
    expect(asked).to.deep.equal(['default', 'h']);
    await waitUntil(() => live() === 1);
    expect(audio.getState().testing).to.equal(true);
  });

  it('says why there is no test, until nobody looks any more', async () => {
    refusal = 'NotReadableError';
    audio.testMicrophone(true);
    await until(({ testing }) => !testing);
    expect(audio.getState().problem).to.equal('microphone-unavailable');
    audio.testMicrophone(false);
    expect(audio.getState().problem).to.equal(null);
  });

  it('closed, it gives the microphone back, also one that is still being opened', async () => {
    audio.testMicrophone(true);
    audio.close();
    await waitUntil(() => streams.length === 1 && live() === 0);
  });

  it('a forgotten test ends by itself', async () => {
    const original = globalThis.setTimeout;
    let end = () => {};
    globalThis.setTimeout = ((callback: () => void, ms?: number) => {
      if (ms === 30_000) end = callback;
      return original(callback, ms);
    }) as typeof setTimeout;
    audio.testMicrophone(true);
    await until(({ level }) => level > 0);
    globalThis.setTimeout = original;
    end();
    expect(audio.getState().testing).to.equal(false);
    expect(live()).to.equal(0);
  });

  it('asks for notifications when they are wanted, and tells what came of it', async () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'Notification')!;
    const browser = {
      permission: 'default',
      requestPermission: () => Promise.resolve((browser.permission = 'granted')),
    };
    Object.defineProperty(globalThis, 'Notification', { configurable: true, value: browser });
    audio.setNotifications(true);
    await until(({ notifications }) => notifications === 'on');
    audio.setNotifications(false);
    await until(({ notifications }) => notifications === 'off');
    browser.requestPermission = () => Promise.resolve((browser.permission = 'denied'));
    audio.setNotifications(true);
    await until(({ notifications }) => notifications === 'denied');
    Object.defineProperty(globalThis, 'Notification', original);
  });
});
