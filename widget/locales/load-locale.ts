import type { Messages } from './messages.ts';

export type Language = 'ar' | 'en';

const LOCALES: Readonly<Record<Language, () => Promise<Messages>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  en: async () => (await import('./en.ts')).en,
};

/** The language to speak where a page says `tag` (BCP 47): Arabic of any country, else English. */
export function languageOf(tag: string): Language {
  return /^ar\b/i.test(tag) ? 'ar' : 'en';
}

/** Fetches one language, so that a page does not pay for the others. Rejects when its chunk cannot be fetched. */
export function loadLocale(language: Language): Promise<Messages> {
  return LOCALES[language]();
}
