import { parseAmount, type Amount } from './money.ts';

/** Per started minute, by ISO 3166-1 alpha-2 country; `*` for all others. */
export type CallRates = ReadonlyMap<string, Amount>;

/**
 * Rough guesses in US dollars, high on purpose, the dearer of mobile and fixed lines: no price list, and nobody keeps them up
 * to date. The account's own prices belong into RATES; what the carrier charged for a call replaces both afterwards.
 */
const ESTIMATES =
  'AE:0.35,BH:0.25,DZ:1.00,EG:0.20,IQ:0.40,JO:0.35,KW:0.20,LB:0.25,LY:0.60,MA:0.80,MR:1.20,OM:0.40,PS:0.35,QA:0.40,' +
  'SA:0.30,SD:0.45,SO:1.00,SY:0.45,TN:1.20,YE:0.40,' +
  'AT:0.20,AU:0.15,BE:0.20,CA:0.05,CH:0.35,CY:0.15,DE:0.15,DK:0.10,ES:0.10,FI:0.20,FR:0.15,GB:0.10,GR:0.10,IE:0.10,' +
  'IN:0.10,IT:0.15,NL:0.20,NO:0.15,PL:0.10,PT:0.10,SE:0.10,TR:0.30,US:0.05,*:1.50';

/** Reads `EG:0.10,SA:0.15,*:1`; a text that names what is wrong when it cannot. */
export function parseRates(text: string, isCountry: (code: string) => boolean): CallRates | string {
  const rates = new Map<string, Amount>();
  for (const part of text.split(',').map((each) => each.trim())) {
    if (!part) continue;
    const [country = '', price = ''] = part.split(':').map((each) => each.trim());
    const amount = parseAmount(price);
    if (amount === undefined || part.split(':').length !== 2 || !(country === '*' || isCountry(country))) {
      return `must be countries with their price of a minute, such as EG:0.10,SA:0.15,*:1 (not “${part}”).`;
    }
    rates.set(country, amount);
  }
  return rates;
}

/** The estimates, and over them what the account really pays. */
export function withEstimates(given: CallRates): CallRates {
  return new Map([...(parseRates(ESTIMATES, () => true) as CallRates), ...given]);
}

/** What a minute to this country is taken to cost. */
export function rateOf(country: string | undefined, rates: CallRates): Amount {
  return rates.get(country ?? '*') ?? rates.get('*') ?? 0;
}
