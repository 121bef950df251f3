import type { PanelHost } from './panel.ts';

type Speaker = Pick<PanelHost, 'lang' | 'numerals'>;

/** The locale of times and counts: Egypt's or Britain's habits, in the numerals of the page. */
export function localeOf({ lang, numerals }: Speaker): string {
  return `${/^ar\b/i.test(lang) ? 'ar-EG' : 'en-GB'}-u-nu-${numerals}`;
}

/** A number in the numerals of the page. */
export function figure(speaker: Speaker, n: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(localeOf(speaker), options).format(n);
}
