/** Languages of the page. Arabic is the company's own; `?lang=en` shows the other. */
export type Language = 'ar' | 'en';

/** A text in every language of the page. */
export type Text = Readonly<Record<Language, string>>;

export function languageFrom(query: string | undefined): Language {
  return query === 'en' ? 'en' : 'ar';
}

export function directionOf(language: Language): 'rtl' | 'ltr' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** For `Intl`: Egyptian Arabic writes its own digits, British English the day before the month as Egypt does. */
export function localeOf(language: Language): string {
  return language === 'ar' ? 'ar-EG' : 'en-GB';
}
