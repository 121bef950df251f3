import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { Notice } from '../../core/reach.ts';
import { audioSettings, changeAudioSettings } from './audio-settings.ts';
import type { DeviceInfo, DeviceKind } from './device-list.ts';
import { decideOnDevices, watchDevices, type DeviceDecision } from './device-watch.ts';
import { ScriptedComputer, device } from './testing/scripted-computer.ts';

const BUILT_IN = device('audioinput', 'b', 'Built-in');
const HEADSET = device('audioinput', 'h', 'Headset');
const MOVED = device('audioinput', 'h-other-port', 'Headset');
const WEBCAM = device('audioinput', 'w', 'Webcam');
const SPEAKERS = device('audiooutput', 's', 'Speakers');
const PHONES = device('audiooutput', 'p', 'Headphones');
const SCREEN = device('audiooutput', 'x', 'Screen');
const system = (of: DeviceInfo) => ({ ...of, deviceId: 'default', label: `Default - ${of.label}` });

const IN: DeviceKind = 'audioinput';
const OUT: DeviceKind = 'audiooutput';
const SYSTEM = { id: 'default', label: '' };
const chosenHeadset = { id: 'h', label: 'Headset' };
const chosenPhones = { id: 'p', label: 'Headphones' };

function told(code: Notice['code'], device: string, use: string | null): DeviceDecision {
  return { use, notice: { code, device } };
}

type Case = [string, DeviceKind, DeviceInfo[], DeviceInfo[], typeof SYSTEM, DeviceDecision | null];
const CASES: Case[] = [
  ['nothing changes', IN, [BUILT_IN, HEADSET], [BUILT_IN, HEADSET], chosenHeadset, null],
  [
    'the chosen microphone goes',
    IN,
    [BUILT_IN, HEADSET],
    [BUILT_IN],
    chosenHeadset,
    told('microphone-lost', 'Built-in', 'default'),
  ],
  ['the only microphone goes', IN, [HEADSET], [], chosenHeadset, null],
  ['another one goes', IN, [BUILT_IN, HEADSET, WEBCAM], [BUILT_IN, HEADSET], chosenHeadset, null],
  ['the chosen one is back', IN, [BUILT_IN], [BUILT_IN, HEADSET], chosenHeadset, told('device-found', 'Headset', null)],
  [
    'the chosen one is back in another port',
    IN,
    [BUILT_IN],
    [BUILT_IN, MOVED],
    chosenHeadset,
    told('device-found', 'Headset', null),
  ],
  [
    'the chosen one was moved to another port',
    IN,
    [BUILT_IN, HEADSET],
    [BUILT_IN, MOVED],
    chosenHeadset,
    told('microphone-changed', 'Headset', 'h-other-port'),
  ],
  [
    'a new one is there',
    IN,
    [BUILT_IN, HEADSET],
    [BUILT_IN, HEADSET, WEBCAM],
    chosenHeadset,
    told('device-found', 'Webcam', null),
  ],
  [
    'a new one, the system one is used',
    IN,
    [BUILT_IN],
    [BUILT_IN, HEADSET],
    SYSTEM,
    told('device-found', 'Headset', null),
  ],
  [
    'the system changes its mind',
    IN,
    [system(BUILT_IN), BUILT_IN, HEADSET],
    [system(HEADSET), BUILT_IN, HEADSET],
    SYSTEM,
    told('microphone-changed', 'Headset', 'default'),
  ],
  [
    'the system takes a new one',
    IN,
    [system(BUILT_IN), BUILT_IN],
    [system(HEADSET), BUILT_IN, HEADSET],
    SYSTEM,
    told('microphone-changed', 'Headset', 'default'),
  ],
  [
    'the system one goes',
    IN,
    [system(HEADSET), BUILT_IN, HEADSET],
    [system(BUILT_IN), BUILT_IN],
    SYSTEM,
    told('microphone-lost', 'Built-in', 'default'),
  ],
  [
    'the system changes its mind about a microphone that is not used',
    IN,
    [system(BUILT_IN), BUILT_IN, HEADSET],
    [system(HEADSET), BUILT_IN, HEADSET],
    chosenHeadset,
    null,
  ],
  [
    'the system one that stands in for the chosen one goes',
    IN,
    [WEBCAM, BUILT_IN],
    [BUILT_IN],
    chosenHeadset,
    told('microphone-lost', 'Built-in', 'default'),
  ],
  ['the browser begins to tell', IN, [device('audioinput', '', '')], [BUILT_IN, HEADSET], chosenHeadset, null],
  [
    'the chosen speaker goes',
    OUT,
    [SPEAKERS, PHONES],
    [SPEAKERS],
    chosenPhones,
    told('speaker-changed', 'Speakers', 'default'),
  ],
  [
    'the chosen speaker is back',
    OUT,
    [SPEAKERS],
    [SPEAKERS, PHONES],
    chosenPhones,
    told('device-found', 'Headphones', null),
  ],
  ['a screen is a speaker, and no news', OUT, [SPEAKERS], [SPEAKERS, SCREEN], SYSTEM, null],
  [
    'the system speaker goes',
    OUT,
    [PHONES, SPEAKERS],
    [SPEAKERS],
    SYSTEM,
    told('speaker-changed', 'Speakers', 'default'),
  ],
  ['a microphone goes, for the speaker', OUT, [SPEAKERS, HEADSET], [SPEAKERS], SYSTEM, null],
];

describe('decision on devices', () => {
  for (const [name, kind, before, after, chosen, decision] of CASES) {
    test(name, () => assert.deepEqual(decideOnDevices(kind, before, after, chosen), decision));
  }
});

describe('watch over the devices of a call', () => {
  let computer: ScriptedComputer;
  let done: string[];
  let stop: () => void;

  beforeEach(async () => {
    Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} });
    computer = new ScriptedComputer();
    computer.install();
    computer.devices = [BUILT_IN, HEADSET, SPEAKERS, PHONES];
    changeAudioSettings({ microphone: chosenHeadset, speaker: chosenPhones });
    done = [];
    stop = watchDevices({
      chosen: audioSettings,
      useMicrophone: (id) => done.push(`microphone ${id}`),
      useSpeaker: (id) => done.push(`speaker ${id}`),
      report: ({ code, device }) => done.push(`${code} ${device}`),
    });
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
    await settle();
  });

  afterEach(() => stop());

  async function settle(): Promise<void> {
    mock.timers.tick(1000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  test('a headset that is pulled out is both, is one notice, and its return is an offer', async () => {
    computer.change([BUILT_IN, SPEAKERS, PHONES]);
    computer.change([BUILT_IN, SPEAKERS]);
    await settle();
    assert.deepEqual(done.splice(0), ['microphone default', 'speaker default', 'microphone-lost Built-in']);
    computer.change([BUILT_IN, HEADSET, SPEAKERS, PHONES]);
    await settle();
    assert.deepEqual(done.splice(0), ['device-found Headset']);
    changeAudioSettings({ microphone: chosenHeadset });
    await settle();
    assert.deepEqual(done, ['microphone h', 'speaker p']);
  });

  test('what the agent chooses is used, other settings change nothing', async () => {
    changeAudioSettings({ ringVolume: 0.1, notifications: true });
    await settle();
    assert.deepEqual(done, []);
    changeAudioSettings({ microphone: SYSTEM });
    await settle();
    assert.deepEqual(done, ['microphone default']);
  });

  test('nothing is heard of it any more once it has ended', async () => {
    computer.change([BUILT_IN]);
    stop();
    computer.change([]);
    changeAudioSettings({ microphone: SYSTEM });
    await settle();
    assert.deepEqual(done, []);
  });
});
