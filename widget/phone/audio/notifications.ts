import type { AudioState } from '../../core/audio.ts';
import { audioSettings, changeAudioSettings } from './audio-settings.ts';

/** Whether incoming calls may be shown on the desktop: the agent wants it, and the browser lets us. */
export function notificationsNow(): AudioState['notifications'] {
  if (!('Notification' in globalThis)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return audioSettings().notifications && Notification.permission === 'granted' ? 'on' : 'off';
}

/** Remembers what the agent wants; switched on, the browser asks, so it has to be in a click. Never rejects. */
export async function wantNotifications(on: boolean): Promise<void> {
  if (!('Notification' in globalThis)) return;
  try {
    const granted = on && (await Notification.requestPermission()) === 'granted';
    changeAudioSettings({ notifications: granted });
  } catch {
    // An iframe of another origin may not ask.
  }
}
