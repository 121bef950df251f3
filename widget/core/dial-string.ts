/** What a person or a link wrote, taken apart. */
export interface DialString {
  /** ASCII digits, with a leading `+` if there was one; empty when the text is not a telephone number. */
  readonly number: string;
  /** Keypad tones to send once the call is open: an extension, what followed a pause. `w` is half a second. */
  readonly digits: string;
}

const NOT_A_NUMBER: DialString = Object.freeze({ number: '', digits: '' });

/** Marks that steer the direction of text or join it, and are part of no number. */
const INVISIBLE = /[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** How an extension is announced, also in Arabic. */
const EXTENSION = /;ext=|ext\.?|x|تحويلة:?/gi;

/** Where the number stops: a parameter of the link, an extension or a pause. */
const TAIL = /[;,pw]|ext|x|تحويلة/i;

/** `,` waits two seconds, as mobile phones have it. */
const PAUSE = 'wwww';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Arabic-Indic (٠١٢) and Persian (۰۱۲) digits as ASCII. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Tones written after the number; parameters of the link other than `ext` are none. */
function tones(tail: string): string {
  return tail
    .replace(/;(?!ext=)[a-z-]+=[^;]*/gi, '')
    .replace(EXTENSION, '')
    .replace(/[;,pw]/gi, PAUSE)
    .replace(/[^0-9*#w]/g, '')
    .replace(/w+$/, '');
}

/**
 * Takes apart a number as people write it or a `tel:` link has it. RFC 3966 for links.
 * `tel:+201001234567;ext=12` is `+201001234567` and, after the answer, `12`.
 */
export function parseDialString(text: string): DialString {
  const plain = asciiDigits(decoded(text.trim().replace(/^tel:/i, '')).normalize('NFKC')).replace(INVISIBLE, '');
  const context = /;phone-context=(\+\d+)/i.exec(plain)?.[1] ?? '';
  const stop = plain.search(TAIL);
  const written = stop < 0 ? plain : plain.slice(0, stop);
  const number = (written.startsWith('+') ? written.replace('(0)', '') : context + written)
    .replace(/[-()./\u2010-\u2015\u2212]/g, '')
    // Right-to-left text shows a leading plus at the end, and people copy what they see.
    .replace(/^(\d+)\+$/, '+$1');
  if (!/^\+?\d+$/.test(number)) return NOT_A_NUMBER;
  return { number, digits: stop < 0 ? '' : tones(plain.slice(stop)) };
}
