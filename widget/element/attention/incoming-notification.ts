import type { AUDIO_KEY } from '../../core/audio.ts';

/** Written here again: a constant that two scripts share would be in the element as it is first drawn. */
const KEY: typeof AUDIO_KEY = 'almasar-dialer:audio';

/** What the agent has switched in the audio panel. */
function wished(): boolean {
  try {
    const settings = JSON.parse(localStorage.getItem(KEY) ?? '{}') as { notifications?: unknown } | null;
    return settings?.notifications === true;
  } catch {
    // Storage is closed to this page, or has something else there.
    return false;
  }
}

/**
 * Tells of an incoming call on the desktop, if the agent has asked for that, the browser allows it and the agent is not
 * in the page: it is out of sight, or another window is in front. The text holds neither name nor number; one `tag` makes the notifications of many tabs one.
 */
export function showIncoming(text: string, lang: string, dir: 'rtl' | 'ltr'): Notification | null {
  if (!('Notification' in window) || Notification.permission !== 'granted') return null;
  if ((document.visibilityState === 'visible' && document.hasFocus()) || !wished()) return null;
  try {
    const notification = new Notification(text, { tag: 'almasar-dialer-incoming', lang, dir, silent: true });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
    });
    return notification;
  } catch {
    // Mobile browsers have the constructor and refuse it.
    return null;
  }
}
