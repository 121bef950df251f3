/**
 * What Twilio sends for a caller who withholds the number, besides the words themselves: ANONYMOUS, RESTRICTED, BLOCKED,
 * UNKNOWN, UNAVAILABLE and such, typed on a telephone's keys.
 */
const WITHHELD = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253', '+464']);

/** The customer's number in E.164 as a webhook gives it; empty when it was withheld or is none. */
export function callerNumber(from: string | undefined): string {
  const number = from?.trim() ?? '';
  return /^\+[1-9]\d{6,14}$/.test(number) && !WITHHELD.has(number) ? number : '';
}
