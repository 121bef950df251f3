/**
 * What a person typed or pasted, as the characters that can be dialled: ASCII digits, `*`, `#` and a leading `+`.
 * Arabic-Indic and Persian digits become ASCII; what follows a letter or `;` (an extension) is left out.
 */
export function dialString(text: string): string {
  const ascii = text.replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.charCodeAt(0) & 15));
  const number = /[+\d*#][^\p{L};]*/u.exec(ascii)?.[0] ?? '';
  return number.replace(/[^+\d*#]/g, '').replace(/(?!^)\+/g, '');
}

/** Calling codes of one and two digits (ITU-T E.164); all others have three. */
const CALLING_CODE = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** Groups of three, the last one or two of four: `010 0123 4501`, `100 123 4501`. */
function grouped(digits: string): string {
  if (digits.length < 6 || /\D/.test(digits)) return digits;
  const threes = digits.length - 4 * (digits.length % 3);
  return digits.slice(0, threes).replace(/.{3}/g, '$& ') + digits.slice(threes).replace(/.{4}(?=.)/g, '$& ');
}

/** A dial string spaced for the eye, the same for every country: `+20 100 123 4501`. */
export function spaced(number: string): string {
  const code = CALLING_CODE.exec(number)?.[0] ?? '';
  const rest = grouped(number.slice(code.length)).trim();
  return code && rest ? `${code} ${rest}` : code + rest;
}

/** Where the caret belongs in `text` after `count` characters that are not spaces. */
export function caretAfter(text: string, count: number): number {
  let caret = 0;
  for (let left = count; left > 0 && caret < text.length; caret++) if (text[caret] !== ' ') left--;
  return caret;
}
