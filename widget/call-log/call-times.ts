/** Digits of dates, times, durations and counts: 123 or ١٢٣. Telephone numbers are always 123. */
export type Numerals = 'latn' | 'arab';

export interface CallTimes {
  /** When a call began, briefly: the day when it is not today's, and the time. */
  began(iso: string, now: Date): { readonly day: string; readonly time: string };
  /** The same in full. */
  full(iso: string): string;
  /** Minutes and seconds, `1:05`; hours when there are any. */
  duration(seconds: number): string;
  count(n: number): string;
  /** A factor of speed, `1.25×`. */
  factor(n: number): string;
}

function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day(to) - day(from)) / 86_400_000);
}

/**
 * Times as a language writes them, in the reader's time zone.
 * @param locale BCP 47 tag, as `ar-EG`.
 * @param near What the language calls today and yesterday.
 */
export function createCallTimes(
  locale: string,
  numerals: Numerals,
  near: { readonly today: string; readonly yesterday: string },
): CallTimes {
  const options = { numberingSystem: numerals };
  const format = (fields: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, ...fields });
  const time = format({ timeStyle: 'short' });
  const thisYear = format({ day: 'numeric', month: 'short' });
  const anyYear = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = format({ dateStyle: 'full', timeStyle: 'medium' });
  const whole = new Intl.NumberFormat(locale, options);
  const plain = new Intl.NumberFormat(locale, { ...options, useGrouping: false });
  const twoDigits = new Intl.NumberFormat(locale, { ...options, minimumIntegerDigits: 2 });
  return {
    began(iso, now) {
      const date = new Date(iso);
      const ago = daysBetween(date, now);
      const sameYear = date.getFullYear() === now.getFullYear();
      const day = ago === 0 ? near.today : ago === 1 ? near.yesterday : (sameYear ? thisYear : anyYear).format(date);
      return { day, time: time.format(date) };
    },
    full: (iso) => full.format(new Date(iso)),
    duration(seconds) {
      const [hours, minutes, rest] = [
        Math.floor(seconds / 3600),
        Math.floor(seconds / 60) % 60,
        Math.floor(seconds % 60),
      ];
      const head = hours ? `${plain.format(hours)}:${twoDigits.format(minutes)}` : plain.format(minutes);
      return `${head}:${twoDigits.format(rest)}`;
    },
    count: (n) => whole.format(n),
    // Isolated, left to right: options of a select cannot hold a <bdi>.
    factor: (n) => `\u2066${whole.format(n)}×\u2069`,
  };
}
