/** Midnight before a moment, where this computer is; in milliseconds since the epoch, as all times here. */
function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** After the midnight that a day begins with, however long that day is. */
const NOON_TOMORROW_MS = 36 * 3_600_000;

/** The words for the days that have a name. */
export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
  readonly tomorrow: string;
}

/** The day of a call: today, yesterday, tomorrow, else its date, with the year only when it is another one. */
export function callDay(at: number, now: number, locale: string, words: DayWords): string {
  const day = dayOf(at);
  const today = dayOf(now);
  if (day === today) return words.today;
  // Not 24 hours: days on which the clock changes are longer or shorter.
  if (day === dayOf(today - 1)) return words.yesterday;
  if (day === dayOf(today + NOON_TOMORROW_MS)) return words.tomorrow;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** As the country writes it: `14:05` in Britain, `2:05 م` in Egypt. */
export function callTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
}
