import type { ProblemCode } from '../core/state.ts';

/**
 * How the numbers of one country are made, as libphonenumber has it; cut out of libphonenumber-js by the build, so that
 * a page loads its own country and neither the world (16 kB) nor a parser for all of it (8 kB). Sources of regular expressions.
 */
export interface CountryRules {
  /** `20` */
  readonly callingCode: string;
  /** What is dialled before the calling code of another country. */
  readonly abroad: string;
  /** What precedes a number dialled within the country; its last group, if any, belongs to the number. */
  readonly prefix?: string;
  /** What `prefix` is replaced by when its last group is there. */
  readonly prefixBecomes?: string;
  /** A number of the country without prefix or calling code. */
  readonly number: string;
}

/** What the rules say of a number: what to dial, or why not to. */
export type NumberVerdict = { readonly to: string } | { readonly problem: ProblemCode };

export type NumberRules = (number: string) => NumberVerdict;

/** A phone in a browser must not be the way to reach help. The service's list; a test holds them against each other. */
const EMERGENCY: ReadonlySet<string> = new Set(
  (
    '000 100 101 102 104 108 110 111 112 113 114 115 117 118 119 120 122 123 125 129 130 140 155 175 177 180 ' +
    '190 191 193 194 197 198 199 911 993 994 995 996 997 998 999 1515 9999'
  ).split(' '),
);

const LONGEST_SHORT_NUMBER = 6;

/** E.164: at most 15 digits; no country has numbers of fewer than 8 with its code. */
const E164 = /^[1-9]\d{7,14}$/;

/**
 * The rules of one country, for a number of ASCII digits with or without a leading `+`. A courtesy that saves a wrong
 * number the way to the service, which has the last word: numbers of other countries pass if they can be one.
 */
export function numberRules({ callingCode, abroad, prefix, prefixBecomes, number }: CountryRules): NumberRules {
  const ofCountry = new RegExp(`^(?:${number})$`);
  const goingAbroad = new RegExp(`^(?:\\+|${abroad})`);
  const withPrefix = prefix && new RegExp(`^(?:${prefix})`);

  function withoutPrefix(digits: string): string {
    const found = withPrefix && withPrefix.exec(digits);
    if (!found) return digits;
    const keeps = prefixBecomes && found.at(-1) && found.length > 1;
    return keeps ? digits.replace(withPrefix, prefixBecomes) : digits.slice(found[0].length);
  }

  /** The digits as a number of the country, in E.164; undefined if they are none. */
  function national(digits: string): string | undefined {
    const found = [withoutPrefix(digits), digits].find((each) => ofCountry.test(each));
    return found && `+${callingCode}${found}`;
  }

  function international(digits: string): string | undefined {
    if (digits.startsWith(callingCode)) return national(digits.slice(callingCode.length));
    return E164.test(digits) ? `+${digits}` : undefined;
  }

  function e164(written: string): string | undefined {
    if (goingAbroad.test(written)) {
      const to = international(written.replace(goingAbroad, ''));
      if (to || written.startsWith('+')) return to;
    }
    // People leave out the plus: 2010… is not a number of Egypt, +2010… is.
    return national(written) ?? (written.startsWith(callingCode) ? international(written) : undefined);
  }

  return (written) => {
    if (!written.startsWith('+')) {
      if (EMERGENCY.has(written)) return { problem: 'number-emergency' };
      if (written.length <= LONGEST_SHORT_NUMBER) return { problem: 'number-short' };
    }
    const to = e164(written);
    return to ? { to } : { problem: 'number-invalid' };
  };
}

/** Loads the rules of a country: a fifth of a kilobyte. `base` is the folder of `phone/`. */
export async function loadNumberRules(country: string, base: URL): Promise<NumberRules> {
  const answer = await fetch(new URL(`phone/${country}.json`, base));
  if (!answer.ok) throw new Error(`There are no number rules of ${country}: ${answer.url} answered ${answer.status}.`);
  return numberRules((await answer.json()) as CountryRules);
}
