/** Letters of Persian and Urdu keyboards, and letter forms that people use for one another when they search. */
const ARABIC_FORMS: Record<string, string> = {
  ٱ: 'ا',
  ة: 'ه',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
};

/**
 * A name as it is searched for: without case, accents, harakat and tatweel, and with one form of alef, of ta marbuta
 * and ha, of alef maqsura and ya (hamza goes with its seat: `مسؤول` is found as `مسوول`). Folding twice changes nothing.
 */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\0\u0640]/gu, '')
    .replace(/[ٱةىیکہھ]/g, (letter) => ARABIC_FORMS[letter]!)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/\s+/g, ' ')
    .trim();
}
