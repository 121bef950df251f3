const LETTERS = 1024;
const GRAMS = LETTERS ** 3;
const MONTH_MS = 30 * 86_400_000;

/** Number of the thirty days since 1970 that a time is in. */
export function monthOf(time: number): number {
  return Math.floor(time / MONTH_MS);
}

/**
 * Every three letters in a row of a part of a name, with the month of the call, as one number each, as the database
 * counts them too: a name of that month has the part in it only if it has all of these. Empty for less than three letters.
 */
export function monthlyGrams(part: string, month: number): number[] {
  const letters = [...part].map((letter) => letter.codePointAt(0)! % LETTERS);
  const grams = letters.slice(2).map((third, at) => (letters[at]! * LETTERS + letters[at + 1]!) * LETTERS + third);
  return [...new Set(grams)].map((gram) => month * GRAMS + gram);
}
