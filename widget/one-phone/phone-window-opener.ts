/** What opener and phone window say to each other. The token goes to the service's origin only. */
export const WINDOW_READY = 'almasar-phone-ready';
export const WINDOW_TOKEN = 'almasar-phone-token';

export interface PhoneWindowOptions {
  /** Address of the service. */
  service: URL;
  language: string;
  getAuthToken: () => Promise<string>;
}

const NAME = 'almasar-phone';
const FEATURES = 'popup,width=360,height=600';

/**
 * Opens the phone window, or brings it to the front, and gives it this agent's token when it asks. False when the browser
 * refuses: only a click may open one.
 */
export function openPhoneWindow({ service, language, getAuthToken }: PhoneWindowOptions): boolean {
  const address = new URL('phone', service);
  address.searchParams.set('lang', language);
  const opened = open(address, NAME, FEATURES);
  if (!opened) return false;
  opened.focus();
  addEventListener('message', ({ source, origin, data }: MessageEvent<{ type?: unknown } | null>) => {
    if (source !== opened || origin !== service.origin || data?.type !== WINDOW_READY) return;
    getAuthToken().then(
      (token) => opened.postMessage({ type: WINDOW_TOKEN, token }, service.origin),
      // The window says that nobody is signed in.
      () => {},
    );
  });
  return true;
}
