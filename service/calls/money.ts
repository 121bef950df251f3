/**
 * Amounts are whole hundredths of a cent (1 = 0.0001) in the currency of the carrier's account: sums of them are exact.
 */
export type Amount = number;

const PER_UNIT = 10_000;

/** `0.0085` → 85; undefined for what is no amount, is finer than a hundredth of a cent, or a million and more. */
export function parseAmount(text: string): Amount | undefined {
  const [, units, fraction = ''] = /^(\d{1,6})(?:\.(\d{1,4}))?$/.exec(text) ?? [];
  return units === undefined ? undefined : Number(units) * PER_UNIT + Number(fraction.padEnd(4, '0'));
}

/**
 * A price of the carrier's REST API, which is what the account was charged, below zero: `-0.03000` → 300. What is finer
 * than a hundredth of a cent counts as one. Undefined for what is no price.
 */
export function parsePrice(text: string): Amount | undefined {
  if (!/^-?\d{1,6}(\.\d{1,10})?$/.test(text)) return undefined;
  return Math.max(0, Math.ceil(Number((-Number(text) * PER_UNIT).toFixed(6))));
}

/** 85 → `0.0085`, with two digits after the point at least. */
export function amountText(amount: Amount): string {
  const fraction = String(amount % PER_UNIT).padStart(4, '0');
  return `${Math.floor(amount / PER_UNIT)}.${fraction.replace(/0{1,2}$/, '')}`;
}

/** What a call costs: every started minute at this rate; nothing for one that nobody answered. */
export function costOf(ratePerMinute: Amount, seconds: number): Amount {
  return ratePerMinute * Math.ceil(Math.max(0, seconds) / 60);
}
