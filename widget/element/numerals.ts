/** The digits of times, counts and durations; phone numbers stay in ASCII digits, as agents read them back and paste them. */
export type Numerals = 'latn' | 'arab';

/** A text with its digits in the numerals that the page has chosen. */
export function inNumerals(numerals: Numerals, text: string): string {
  return numerals === 'arab' ? text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))) : text;
}
