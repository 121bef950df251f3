export { panelHost, wear } from './panel-host.ts';
import type { Language } from '../../locales/load-locale.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { langOf, type Speaker } from '../page-language.ts';
import type { Panel, PanelName } from './panel.ts';
import { whereThePhoneIs } from './where-the-phone-is.ts';

/** Fetches a panel when it is first opened. Rejects when its chunk cannot be fetched; the next try asks again. */
export const PANELS: Readonly<Record<PanelName, () => Promise<Panel>>> = {
  recents: async () => (await import('./recents.ts')).recents,
  'call-backs': async () => (await import('./call-backs.ts')).callBacks,
  audio: async () => whereThePhoneIs((await import('./audio.ts')).audio, 'audio'),
  check: async () => whereThePhoneIs((await import('./check.ts')).check, 'check'),
  more: async () => (await import('./more.ts')).more,
  microphone: async () => (await import('./microphone.ts')).microphone,
  'wrap-up': async () => (await import('./wrap-up.ts')).wrapUp,
};

const LOCALES: Readonly<Record<Language, () => Promise<PanelMessages>>> = {
  ar: async () => (await import('../../locales/panels-ar.ts')).panelsAr,
  en: async () => (await import('../../locales/panels-en.ts')).panelsEn,
};

/** Fetches what the panels say in one language, with the page's own words in it. Rejects as PANELS do. */
export async function panelWords(host: Speaker, language: Language): Promise<PanelMessages> {
  const words = await LOCALES[language]();
  const { messages } = host;
  if (!messages) return words;
  const { ownPanels } = await import('../../locales/own-messages.ts');
  return ownPanels(words, langOf(host), messages);
}
