const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/**
 * How long it is until a moment or since it, in the locale's words: `in 25 minutes`, `3 hours ago`. Both times are in
 * milliseconds since the epoch. It is never said to be further than it is.
 */
export function fromNow(at: number, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale);
  const minutes = Math.trunc((at - now) / MINUTE_MS);
  if (minutes === 0) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  if (Math.abs(minutes) < HOUR_MINUTES) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < DAY_MINUTES) return words.format(Math.trunc(minutes / HOUR_MINUTES), 'hour');
  return words.format(Math.trunc(minutes / DAY_MINUTES), 'day');
}
