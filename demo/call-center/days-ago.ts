import { localeOf, type Language } from './language.ts';

const NEAR: readonly string[] = ['النهارده', 'امبارح', 'أول امبارح'];

/** How many days ago, as people say it: `Intl` knows only how Arabic is written in newspapers. */
export function daysAgo(language: Language): (days: number) => string {
  const locale = localeOf(language);
  if (language === 'en') {
    const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    return (days) => format.format(-days, 'day');
  }
  const figures = new Intl.NumberFormat(locale);
  const rules = new Intl.PluralRules(locale);
  return (days) => NEAR[days] ?? `من ${figures.format(days)} ${rules.select(days) === 'few' ? 'أيام' : 'يوم'}`;
}
