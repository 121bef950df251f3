import type { Audio as AudioPort, AudioRole, AudioState } from '../../core/audio.ts';
import { problemOf } from '../../core/problem-error.ts';
import { createStore } from '../../core/store.ts';
import { Microphone, stopTracks } from '../microphone.ts';
import { enumerateDevices } from '../../web-rtc.ts';
import { audioSettings, changeAudioSettings, followAudioSettings } from './audio-settings.ts';
import { choices, presentDevice, type DeviceInfo, type DeviceKind } from './device-list.ts';
import { measureLevel } from './level-meter.ts';
import { notificationsNow, wantNotifications } from './notifications.ts';
import { DEFAULT_ID } from './remembered.ts';
import { canChooseSpeaker, sendSoundTo } from './send-sound-to.ts';

/** A forgotten test does not keep the microphone open. */
const TEST_MS = 30_000;

const KINDS: Readonly<Record<AudioRole, DeviceKind>> = {
  microphone: 'audioinput',
  speaker: 'audiooutput',
  ringer: 'audiooutput',
};

export interface AudioOptions {
  /** Folder of `sounds/`. */
  base: URL;
}

/** The port on this browser's devices. Lists them once and whenever one comes or goes; asks for nothing by itself. */
export function createAudio({ base }: AudioOptions): AudioPort {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  const microphone = new Microphone();
  const sound = new Audio();
  let devices: readonly DeviceInfo[] = [];
  let endTest: (() => void) | undefined;
  let closed = false;
  const store = createStore<AudioState, AudioState, never>({
    initial: read({ testing: false, level: 0, problem: null }),
    transition: (_before, next) => [next, []],
    run: () => {},
    report: (error) => reportError(error),
  });

  /** Everything that is known elsewhere, read anew; the rest as given. */
  function read(own: Pick<AudioState, 'testing' | 'level' | 'problem'>): AudioState {
    const settings = audioSettings();
    const inUse = (role: AudioRole) => {
      const present = presentDevice(devices, KINDS[role], settings[role]);
      return present?.deviceId ?? DEFAULT_ID;
    };
    return Object.freeze({
      microphones: choices(devices, 'audioinput'),
      speakers: choices(devices, 'audiooutput'),
      chosen: Object.freeze({ microphone: inUse('microphone'), speaker: inUse('speaker'), ringer: inUse('ringer') }),
      canChooseSpeaker: canChooseSpeaker(),
      ringVolume: settings.ringVolume,
      notifications: notificationsNow(),
      testing: own.testing,
      level: own.level,
      problem: own.problem,
    });
  }

  function tell(next: AudioState): void {
    if (!closed) store.dispatch(next);
  }

  const onSettings = () => tell(read(store.getState()));
  const unfollow = followAudioSettings(onSettings);

  const list = async () => {
    devices = (await enumerateDevices().catch(() => undefined)) ?? devices;
    tell(read(store.getState()));
  };
  void list();
  mediaDevices?.addEventListener('devicechange', list);

  async function test(): Promise<void> {
    endTest?.();
    let over = false;
    let cleanUp = () => {};
    const end = (problem: AudioState['problem'] = null) => {
      if (over) return;
      over = true;
      cleanUp();
      microphone.release();
      endTest = undefined;
      tell(read({ testing: false, level: 0, problem }));
    };
    endTest = end;
    tell(read({ testing: true, level: 0, problem: null }));
    try {
      const stream = await microphone.open();
      if (over) return;
      const stopMeter = measureLevel(stream, (level) => {
        const state = store.getState();
        if (level !== state.level) tell(Object.freeze({ ...state, level }));
      });
      const timer = setTimeout(end, TEST_MS);
      cleanUp = () => {
        clearTimeout(timer);
        stopMeter();
        stopTracks(stream);
      };
      // Now they have labels.
      await list();
    } catch (error) {
      end(problemOf(error).code);
    }
  }

  async function play(role: 'speaker' | 'ringer'): Promise<void> {
    const settings = audioSettings();
    sound.src = new URL(role === 'ringer' ? 'sounds/ringtone.wav' : 'sounds/incoming.wav', base).href;
    sound.volume = role === 'ringer' ? settings.ringVolume : 1;
    await sendSoundTo(sound, settings[role]);
    if (!closed) await sound.play();
  }

  return {
    getState: () => store.getState(),
    subscribe: (listener) => store.subscribe(listener),
    choose(role, id) {
      const { microphones, speakers, testing } = store.getState();
      const device = (role === 'microphone' ? microphones : speakers).find((one) => one.id === id);
      if (!device) return;
      // The system's device goes by no name: tomorrow it is another one.
      changeAudioSettings({ [role]: { id, label: id === DEFAULT_ID ? '' : device.label } });
      if (role === 'microphone' && testing) void test();
    },
    setRingVolume(volume) {
      const ringVolume = Math.min(1, Math.max(0, volume)) || 0;
      changeAudioSettings({ ringVolume });
      sound.volume = ringVolume;
    },
    setNotifications(on) {
      void wantNotifications(on).then(onSettings);
    },
    testMicrophone(on) {
      if (on) void test();
      else if (endTest) endTest();
      else tell(read({ testing: false, level: 0, problem: null }));
    },
    playTest(role) {
      play(role).catch(() => {});
    },
    close() {
      endTest?.();
      closed = true;
      unfollow();
      mediaDevices?.removeEventListener('devicechange', list);
      sound.pause();
    },
  };
}
