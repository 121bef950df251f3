import { localeOf, type Language } from './language.ts';

export interface CallTimes {
  /** When a call began, in the reader's time zone. */
  started(iso: string): string;
  /** Minutes and seconds, `1:05`. */
  duration(seconds: number): string;
}

/** Times as the language writes them, with its own digits. */
export function createCallTimes(language: Language): CallTimes {
  const locale = localeOf(language);
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  });
  const whole = new Intl.NumberFormat(locale, { useGrouping: false });
  const twoDigits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
  return {
    started: (iso) => moment.format(new Date(iso)),
    duration: (seconds) => `${whole.format(Math.floor(seconds / 60))}:${twoDigits.format(seconds % 60)}`,
  };
}
