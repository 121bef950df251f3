import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { audioSettings, changeAudioSettings, followAudioSettings, RING_VOLUME } from './audio-settings.ts';
import { AUDIO_KEY } from '../../core/audio.ts';
import { rememberedDevice } from './remembered.ts';
import { ScriptedComputer } from './testing/scripted-computer.ts';

const HEADSET = { id: 'h1', label: 'Headset' };
const SYSTEM = { id: 'default', label: '' };
const NONE = { microphone: SYSTEM, speaker: SYSTEM, ringer: SYSTEM, ringVolume: RING_VOLUME, notifications: false };

const page = new EventTarget();
Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
});

/** Another tab has written. */
function storageEvent(key: string | null): void {
  page.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

describe('audio settings', () => {
  let computer: ScriptedComputer;

  beforeEach(() => {
    computer = new ScriptedComputer();
    computer.install();
    changeAudioSettings(NONE);
    computer.stored = new Map();
  });

  test('are the system devices until something is chosen', () => {
    assert.deepEqual(audioSettings(), NONE);
  });

  test('are remembered by id and label', () => {
    changeAudioSettings({ microphone: HEADSET, ringVolume: 0.25, notifications: true });
    assert.deepEqual(audioSettings(), { ...NONE, microphone: HEADSET, ringVolume: 0.25, notifications: true });
    assert.deepEqual(rememberedDevice('microphone'), HEADSET);
  });

  for (const text of ['', '{', 'null', '7', '[1]', '{"speaker":[],"ringVolume":"loud","notifications":"yes"}']) {
    test(`are as if nothing were chosen with ${text} in the storage`, () => {
      computer.stored?.set(AUDIO_KEY, text);
      assert.deepEqual(audioSettings(), NONE);
    });
  }

  for (const volume of [-0.1, 1.1, null]) {
    test(`a volume of ${volume} is none`, () => {
      computer.stored?.set(AUDIO_KEY, JSON.stringify({ ringVolume: volume }));
      assert.equal(audioSettings().ringVolume, RING_VOLUME);
    });
  }

  test('are kept for this page where storage is blocked', () => {
    computer.stored = undefined;
    changeAudioSettings({ speaker: HEADSET });
    assert.deepEqual(audioSettings(), { ...NONE, speaker: HEADSET });
    assert.deepEqual(rememberedDevice('speaker'), HEADSET);
  });

  test('followers hear of every change here, also of one made again, and of those of other tabs', () => {
    const heard: unknown[] = [];
    const stop = followAudioSettings(({ microphone }) => heard.push(microphone.id));
    changeAudioSettings({ microphone: HEADSET });
    const text = computer.stored?.get(AUDIO_KEY);
    changeAudioSettings({ microphone: HEADSET });
    assert.notEqual(computer.stored?.get(AUDIO_KEY), text, 'other tabs would not hear of the second one');
    computer.stored?.set(AUDIO_KEY, JSON.stringify({ microphone: { id: 'h2', label: 'Other' } }));
    storageEvent(AUDIO_KEY);
    storageEvent('something else');
    computer.stored?.clear();
    storageEvent(null);
    assert.deepEqual(heard, ['h1', 'h1', 'h2', 'default']);
    stop();
    changeAudioSettings({ microphone: HEADSET });
    storageEvent(AUDIO_KEY);
    assert.equal(heard.length, 4);
  });
});
