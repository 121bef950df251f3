import { parsePhoneNumberFromString, type CountryCode, type MetadataJson } from 'libphonenumber-js/core';
import type { ProblemCode } from '../core/state.ts';

/** What the rules say of a number: what to dial, or why not to. */
export type NumberVerdict = { readonly to: string } | { readonly problem: ProblemCode };

export type NumberRules = (number: string) => NumberVerdict;

/** A phone in a browser must not be the way to reach help. */
const EMERGENCY: ReadonlySet<string> = new Set(
  '000 110 112 113 115 117 118 119 122 123 180 911 997 998 999'.split(' '),
);

const LONGEST_SHORT_NUMBER = 6;

/** E.164: at most 15 digits; no country has numbers of fewer than 8 with its code. */
const E164 = /^\+[1-9]\d{7,14}$/;

/**
 * The rules of one country, for a number of ASCII digits with or without a leading `+`. A courtesy that saves a wrong
 * number the way to the service, which has the last word: numbers of other countries pass if they can be one.
 */
export function numberRules(country: string, metadata: MetadataJson): NumberRules {
  return (number) => {
    if (!number.startsWith('+')) {
      if (EMERGENCY.has(number)) return { problem: 'number-emergency' };
      if (number.length <= LONGEST_SHORT_NUMBER) return { problem: 'number-short' };
    }
    const parsed = parsePhoneNumberFromString(number, country as CountryCode, metadata);
    if (parsed) return parsed.isValid() ? { to: parsed.number } : { problem: 'number-invalid' };
    const international = number.replace(/^00/, '+');
    return E164.test(international) ? { to: international } : { problem: 'number-invalid' };
  };
}

/** Loads the rules of a country: half a kilobyte. `base` is the folder of `phone/`. */
export async function loadNumberRules(country: string, base: URL): Promise<NumberRules> {
  const answer = await fetch(new URL(`phone/${country}.json`, base));
  if (!answer.ok) throw new Error(`There are no number rules of ${country}: ${answer.url} answered ${answer.status}.`);
  return numberRules(country, (await answer.json()) as MetadataJson);
}
