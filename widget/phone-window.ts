/** The script of the phone window, `/phone` on the service's origin: the element with a token of its own. */
import './index.ts';
import type { AlmasarDialer } from './element/almasar-dialer.ts';
import { PAUSE } from './one-phone/phone-window-opener.ts';
import { PhoneSession } from './phone-session.ts';
import { PHONE_WINDOW_WORDS } from './phone-window-words.ts';

const session = new PhoneSession(new URL('./', location.href), {
  opener: window.opener as Window | null,
  storage: sessionStorage,
});

const asked = new URLSearchParams(location.search);
for (const element of document.querySelectorAll<AlmasarDialer>('almasar-dialer')) {
  element.receiveCalls = true;
  element.phoneWindow = true;
  element.pauseForWrapUp = asked.has(PAUSE);
  element.messages = PHONE_WINDOW_WORDS;
  element.getAuthToken = () => session.token();
}
