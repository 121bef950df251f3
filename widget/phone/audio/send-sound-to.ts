import type { AudioDevice } from '../../core/audio.ts';
import { enumerateDevices } from '../../web-rtc.ts';
import { presentDevice } from './device-list.ts';
import { DEFAULT_ID } from './remembered.ts';

/** Some systems take seconds to tell their devices; a customer rings for twenty or so. */
const PATIENCE_MS = 500;

/** The browser lets a page choose where a sound is heard. */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

async function send(audio: HTMLAudioElement, speaker: AudioDevice): Promise<void> {
  // The empty id is the system's device.
  const id = speaker.id === DEFAULT_ID ? '' : speaker.id;
  try {
    if (audio.sinkId !== id) await audio.setSinkId(id);
  } catch {
    const devices = await enumerateDevices();
    await audio.setSinkId(presentDevice(devices, 'audiooutput', speaker)?.deviceId ?? '');
  }
}

/**
 * From now on it is heard there, or at the system's device when that one is not there: at the wrong place rather than
 * not at all. Never rejects, and does not take long.
 */
export async function sendSoundTo(audio: HTMLAudioElement, speaker: AudioDevice): Promise<void> {
  if (!canChooseSpeaker()) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([send(audio, speaker).catch(() => {}), patience]);
  clearTimeout(timer);
}
