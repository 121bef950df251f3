/** What a person or a link wrote, taken apart. */
export interface DialString {
  /** ASCII digits, with a leading `+` if there was one; empty when the text is not a telephone number. */
  readonly number: string;
  /** Keypad tones to send once the call is open: an extension, what followed a pause. `w` is half a second. */
  readonly digits: string;
}

const NOT_A_NUMBER: DialString = Object.freeze({ number: '', digits: '' });

/** Marks that steer the direction of text or join it, and are part of no number. */
const INVISIBLE = /[\s\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** RFC 3966's visual separators, and the other dashes, dots and bars that people put between digits. */
const SEPARATORS = /[-()./|·•ـ\u2010-\u2015\u2212]/g;

/** How an extension is announced, also in Arabic. */
const EXTENSION = /;ext=|ext(?:ension)?[.:]?|x|(?:تحويلة|داخلي):?/gi;

/** Where the number stops: a parameter of the link, an extension or a pause; Arabic has its own comma and semicolon. */
const TAIL = /[;,؛،pw]|ext|x|تحويلة|داخلي/i;

/** Parameters of a link other than `ext`: `isub`, `phone-context`, those of number portability (`npdi` has no value). */
const PARAMETER = /;(?!ext=)[a-z](?:[a-z0-9-]*=[^;,]*|[a-z-]+[a-z0-9-]*)/gi;

/** `,` waits two seconds, as mobile phones have it. */
const PAUSE = 'wwww';

/** A context that makes no longer number than this is one of a short number: `911;phone-context=+1` stays `911`. */
const SHORTEST_GLOBAL = 8;

/** A link may have gone through several hands that encode. */
const ENCODINGS = 3;

/** HTML's names for what stands in numbers; of no consequence are those not named here. */
const ENTITIES: Record<string, string> = {
  plus: '+',
  comma: ',',
  semi: ';',
  num: '#',
  ast: '*',
  amp: '&',
  equals: '=',
};

function unescaped(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,5})|#(\d{1,6})|([a-z]{2,8}));/gi, (_entity, hex, decimal, name: string) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? ' ';
    const code = hex ? parseInt(String(hex), 16) : Number(decimal);
    return code < 0x11_0000 ? String.fromCodePoint(code) : '';
  });
}

/** What is percent-encoded right; a stray `%` stays. */
function percentDecoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

function withoutScheme(text: string): string {
  return text.replace(/^(?:\s*tel:\/*)+/i, '');
}

function decoded(text: string): string {
  let result = withoutScheme(text.trim());
  for (let times = 0; times < ENCODINGS; times += 1) {
    const next = withoutScheme(unescaped(percentDecoded(result)));
    if (next === result) break;
    result = next;
  }
  return result;
}

/** Arabic-Indic (٠١٢), Persian (۰۱۲) and full-width (０１２) digits as ASCII. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** Tones written after the number; parameters of the link other than `ext` are none. */
function tones(tail: string): string {
  return tail
    .replace(PARAMETER, '')
    .replace(EXTENSION, '')
    .replace(/[;,؛،pw]/gi, PAUSE)
    .replace(/[^0-9*#w]/g, '')
    .replace(/w+$/, '');
}

/** RFC 3966 §5.1.5: a prefix (`+20`, `+1-914-555`) makes a local number global; a domain only says whose number it is. */
function inContext(local: string, tail: string): string {
  const context = /;phone-context=(\+[\d().-]+)/i.exec(tail)?.[1]?.replace(SEPARATORS, '') ?? '';
  return local.startsWith('+') || (context + local).length <= SHORTEST_GLOBAL ? local : context + local;
}

/**
 * Takes apart a number as people write it or a `tel:` link has it. RFC 3966 for links.
 * `tel:+201001234567;ext=12` is `+201001234567` and, after the answer, `12`.
 */
export function parseDialString(text: string): DialString {
  const plain = asciiDigits(decoded(text).normalize('NFKC')).replace(INVISIBLE, '').replace(/\?.*/, '');
  const stop = plain.search(TAIL);
  const written = stop < 0 ? plain : plain.slice(0, stop);
  const tail = stop < 0 ? '' : plain.slice(stop);
  const local = written
    // The trunk prefix that is not dialled from abroad.
    .replace(/^(\(?(?:\+|00).*?)\(0\)/, '$1')
    .replace(SEPARATORS, '')
    // Right-to-left text shows a leading plus at the end, and people copy what they see.
    .replace(/^(\d+)\+$/, '+$1')
    .replace(/^(?:00)+\+|^\+(?:00)+/, '+')
    // A form encodes spaces as plusses: `%2B20+100+123`.
    .replace(/^\+\d.*/, (global) => `+${global.replaceAll('+', '')}`);
  const number = inContext(local, tail);
  return /^\+?\d+$/.test(number) ? { number, digits: tones(tail) } : NOT_A_NUMBER;
}
