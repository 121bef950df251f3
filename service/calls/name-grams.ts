const LETTERS = 1024;
/** How many there are of three letters in a row, as numbers. */
export const GRAMS = LETTERS ** 3;
/** The month that names are kept by: the first began in 1970. */
export const MONTH_MS = 30 * 86_400_000;

/**
 * Every three letters in a row of a part of a name, as one number each. With `GRAMS` times the month of a call added, as
 * the database counts them: a name of that month has the part in it only if it has all of these. Empty for less than three
 * letters.
 */
export function gramsOf(part: string): number[] {
  const letters = [...part].map((letter) => letter.codePointAt(0)! % LETTERS);
  return [
    ...new Set(letters.slice(2).map((third, at) => (letters[at]! * LETTERS + letters[at + 1]!) * LETTERS + third)),
  ];
}
