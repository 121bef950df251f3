import type { Length } from '../locales/messages.ts';

/** A number of seconds as hours, minutes and seconds. */
export function lengthOf(seconds: number): Length {
  return { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60, seconds: seconds % 60 };
}
