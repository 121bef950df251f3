import type { Verdict } from './locales/messages.ts';
import type { OwnMessages } from './locales/own-messages.ts';

/** The phone window has no sign-in of its own: the page that opened it vouches for the agent. */
function vouched(inWords: Verdict): OwnMessages[string] {
  return { problems: { unauthenticated: inWords }, unreachable: { 'signed-out': inWords } };
}

export const PHONE_WINDOW_WORDS: OwnMessages = {
  en: vouched({
    title: 'Nobody is signed in here',
    advice: 'Open the phone from the menu of the phone on the page where you are signed in.',
  }),
  ar: vouched({
    title: 'مفيش حد مسجّل دخوله هنا',
    advice: 'افتح التليفون من قايمته في الصفحة اللي إنت مسجّل دخولك فيها.',
  }),
};
