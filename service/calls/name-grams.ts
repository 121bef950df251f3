const LETTERS = 1024;

/**
 * Every three letters in a row as one number each, as the database counts them too: a name has a part in it only if it
 * has all of the part's numbers. Empty for a part of less than three letters.
 */
export function nameGrams(part: string): number[] {
  const letters = [...part].map((letter) => letter.codePointAt(0)! % LETTERS);
  const grams = letters.slice(2).map((third, at) => (letters[at]! * LETTERS + letters[at + 1]!) * LETTERS + third);
  return [...new Set(grams)];
}
