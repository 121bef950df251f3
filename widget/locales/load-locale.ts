import type { CallMessages, FirstMessages, TalkMessages } from './messages.ts';

export type Language = 'ar' | 'en';

const LOCALES: Readonly<Record<Language, () => Promise<FirstMessages>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  en: async () => (await import('./en.ts')).en,
};

const CALLS: Readonly<Record<Language, () => Promise<CallMessages>>> = {
  ar: async () => (await import('./calls-ar.ts')).arCalls,
  en: async () => (await import('./calls-en.ts')).enCalls,
};

/** The language to speak where a page says `tag` (BCP 47): Arabic of any country, else English. */
export function languageOf(tag: string): Language {
  return /^ar\b/i.test(tag) ? 'ar' : 'en';
}

/** Fetches one language, so that a page does not pay for the others. Rejects when its chunk cannot be fetched. */
export function loadLocale(language: Language): Promise<FirstMessages> {
  return LOCALES[language]();
}

/** The same for what is said of a call under way: so little that both languages come together. */
export async function loadTalkMessages(language: Language): Promise<TalkMessages> {
  return (await import('./talk.ts')).talk[language];
}

/** The same for what is said beside that. */
export function loadCallMessages(language: Language): Promise<CallMessages> {
  return CALLS[language]();
}
