import type { Leg } from '../switch/leg.ts';

/** Charged for a started minute, in US dollars: of a browser's leg, and of a telephone's. Invented. */
const BROWSER_MINUTE = 0.004;
const TELEPHONE_MINUTE = 0.085;
/** Twilio knows the price some minutes after the end. */
const PRICED_AFTER_MS = 60_000;

/** `price` of the Call resource: below zero, with five digits; null while it is not known, and of a leg that nobody answered. */
export function callPrice(leg: Pick<Leg, 'address' | 'answeredAt' | 'endedAt' | 'seconds'>, now: Date): string | null {
  const { address, answeredAt, endedAt, seconds } = leg;
  if (!answeredAt || !endedAt || now.getTime() < endedAt.getTime() + PRICED_AFTER_MS) return null;
  const isBrowser = [address.from, address.to].some((party) => party.startsWith('client:'));
  const aMinute = isBrowser ? BROWSER_MINUTE : TELEPHONE_MINUTE;
  return (-aMinute * Math.max(1, Math.ceil(seconds / 60))).toFixed(5);
}
