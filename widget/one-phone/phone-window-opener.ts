/** What opener and phone window say to each other. The token goes to the service's origin only. */
export const WINDOW_READY = 'almasar-phone-ready';
export const WINDOW_TOKEN = 'almasar-phone-token';

/** In the window's address: the agent takes no customer while the last call is written up. */
export const PAUSE = 'pause';

export interface PhoneWindowOptions {
  /** Address of the service. */
  service: URL;
  language: string;
  /** There is one already, as the service says. */
  isOpen: boolean;
  pauseForWrapUp: boolean;
  getAuthToken: () => Promise<string>;
}

const NAME = 'almasar-phone';
const FEATURES = 'popup,width=360,height=600';

/** A window that has only just been made. */
function isNew(opened: Window): boolean {
  try {
    return opened.location.href === 'about:blank';
  } catch {
    // Of another origin: it is the phone.
    return false;
  }
}

/** Gives the window this agent's token whenever it asks. */
function vouch(opened: Window, { service, getAuthToken }: PhoneWindowOptions): void {
  addEventListener('message', ({ source, origin, data }: MessageEvent<{ type?: unknown } | null>) => {
    if (source !== opened || origin !== service.origin || data?.type !== WINDOW_READY) return;
    getAuthToken().then(
      (token) => opened.postMessage({ type: WINDOW_TOKEN, token }, service.origin),
      // The window says that nobody is signed in.
      () => {},
    );
  });
}

/**
 * Opens the phone window, or brings it to the front without loading it anew, which would cut its call. False when the
 * browser refuses: only a click may open one, and one that was opened from elsewhere is out of reach.
 */
export function openPhoneWindow(options: PhoneWindowOptions): boolean {
  const opened = open('', NAME, FEATURES);
  if (!opened) return false;
  if (isNew(opened)) {
    if (options.isOpen) {
      opened.close();
      return false;
    }
    const address = new URL('phone', options.service);
    address.searchParams.set('lang', options.language);
    if (options.pauseForWrapUp) address.searchParams.set(PAUSE, '');
    opened.location.href = address.href;
  }
  opened.focus();
  vouch(opened, options);
  return true;
}
