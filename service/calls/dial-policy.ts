import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';
import type { ErrorCode } from '../contract.ts';

export interface DialPolicy {
  /** ISO 3166-1 alpha-2; national numbers belong to it. */
  defaultCountry: string;
  /** Countries that may be called. */
  allowedCountries: readonly string[];
  /** E.164 numbers of the account itself: a call to one would come back in. */
  ownNumbers?: Pick<ReadonlySet<string>, 'has'>;
}

export type DialVerdict =
  | {
      allowed: true;
      to: string;
      /** ISO 3166-1 alpha-2. */
      country: string;
    }
  | {
      allowed: false;
      code: Extract<
        ErrorCode,
        'number-invalid' | 'number-emergency' | 'number-short' | 'number-type-refused' | 'country-refused'
      >;
      /** A sentence for the log and for a developer; the widget has its own words for the code. */
      message: string;
    };

/** Emergency numbers of the Arab countries and of many others; a browser phone must not be the way to reach one. */
const EMERGENCY = new Set(
  (
    '000 100 101 102 104 108 110 111 112 113 114 115 117 118 119 120 122 123 125 129 130 140 155 175 177 180 ' +
    '190 191 193 194 197 198 199 911 993 994 995 996 997 998 999 1515 9999'
  ).split(' '),
);

const REFUSED_TYPES = new Set<NumberType>(['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'PAGER', 'VOICEMAIL']);

/** Whether every minute of a call to this E.164 number is dear: nothing of ours rings it. */
export function isDear(number: string): boolean {
  const type = parsePhoneNumberFromString(number)?.getType();
  return type !== undefined && REFUSED_TYPES.has(type);
}

/**
 * The number in ASCII: digits written in Arabic-Indic (U+0660…), Persian (U+06F0…) or full-width (U+FF10…) form, dashes
 * and spaces of every length, and full-width signs become the plain ones; bidi marks go.
 */
function plainText(text: string): string {
  return (
    text
      .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
      .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
      .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
      .replace(/[\uff08-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u00a0\u2000-\u200a\u202f]/g, ' ')
      .trim()
      // `(+20) …` begins with its +, for all that asks whether a number is international.
      .replace(/^\(\s*(?=\+)/, '')
  );
}

function refuse(code: Exclude<DialVerdict, { allowed: true }>['code'], message: string): DialVerdict {
  return { allowed: false, code, message };
}

/**
 * Which number a person meant, and whether this account may call it. The only place where a dial string becomes E.164:
 * what the browser sends is never dialled.
 */
export function decideDial(dialString: string, country: string | undefined, policy: DialPolicy): DialVerdict {
  const text = plainText(dialString);
  // Only what people write in phone numbers: no `client:`, no `sip:`, no pauses, no star codes.
  if (!/^\+?[\d\s().\-/]+$/.test(text)) {
    return refuse('number-invalid', 'Not a phone number: send digits, optionally with a leading + and separators.');
  }
  const digits = text.replace(/\D/g, '');
  if (!text.startsWith('+') && EMERGENCY.has(digits)) {
    return refuse('number-emergency', 'Emergency numbers cannot be called from the browser: use a telephone.');
  }
  const number = parsePhoneNumberFromString(text, (country ?? policy.defaultCountry) as CountryCode);
  if (!number?.isValid()) {
    if (!text.startsWith('+') && /^\d{2,6}$/.test(digits)) {
      return refuse('number-short', 'Short numbers work inside one telephone network only; use the full number.');
    }
    return refuse('number-invalid', 'Not a valid phone number: check the digits and the country.');
  }
  if (!number.country || !policy.allowedCountries.includes(number.country)) {
    return refuse('country-refused', `Calls to ${number.country ?? `+${number.countryCallingCode}`} are not allowed.`);
  }
  const type = number.getType();
  if (type && REFUSED_TYPES.has(type)) {
    return refuse('number-type-refused', 'Premium-rate and shared-cost numbers are not allowed.');
  }
  if (policy.ownNumbers?.has(number.number)) {
    return refuse('number-type-refused', 'This is a number of this account itself: the call would come back in.');
  }
  return { allowed: true, to: number.number, country: number.country };
}
