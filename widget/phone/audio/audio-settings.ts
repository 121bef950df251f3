import { AUDIO_KEY, type AudioDevice, type AudioRole } from '../../core/audio.ts';
import { rememberedAudio, rememberedDevice, unstored } from './remembered.ts';

/** What the agent has chosen, as it is remembered by this browser for this origin. */
export interface AudioSettings extends Readonly<Record<AudioRole, AudioDevice>> {
  /** 0 to 1. */
  readonly ringVolume: number;
  /** Desktop notifications are wanted; the browser may still refuse them. */
  readonly notifications: boolean;
}

export const RING_VOLUME = 0.8;

const listeners = new Set<(settings: AudioSettings) => void>();

/** Whatever is in the storage, or in none, these are settings. */
export function audioSettings(): AudioSettings {
  const { ringVolume, notifications } = rememberedAudio();
  const volume = typeof ringVolume === 'number' && ringVolume >= 0 && ringVolume <= 1 ? ringVolume : RING_VOLUME;
  return Object.freeze({
    microphone: rememberedDevice('microphone'),
    speaker: rememberedDevice('speaker'),
    ringer: rememberedDevice('ringer'),
    ringVolume: volume,
    notifications: notifications === true,
  });
}

/** Remembers the change and tells everybody who follows, in every tab: also a choice that was made again. */
export function changeAudioSettings(change: Partial<AudioSettings>): void {
  const settings = { ...audioSettings(), ...change };
  // Storage tells other tabs of new text only.
  const text = JSON.stringify({ ...settings, changedAt: performance.timeOrigin + performance.now() });
  try {
    localStorage.setItem(AUDIO_KEY, text);
    unstored.text = null;
  } catch {
    unstored.text = text;
  }
  for (const listener of listeners) listener(settings);
}

/** Calls the listener at every change, made in this tab or in another one. Returns the unsubscriber. */
export function followAudioSettings(listener: (settings: AudioSettings) => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    // Without a key, all was cleared.
    if (key === AUDIO_KEY || key === null) listener(audioSettings());
  };
  listeners.add(listener);
  globalThis.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener('storage', onStorage);
  };
}
