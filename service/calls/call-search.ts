import { foldName } from './folded-name.ts';

/** What a person typed into the log's search, as the log looks for it. */
export type CallSearch =
  | { by: 'number'; /** Reversed digits; any of them may begin the reversed number. */ reversed: string[] }
  | { by: 'name'; /** Folded; may stand anywhere in the folded name. */ part: string };

/** The digits of a number from last to first, so that an end of it is found through an index. */
export function reversedDigits(number: string): string {
  return [...number.replace(/\D/g, '')].toReversed().join('');
}

/** With fewer digits, zeros before them are digits of the number's end like others. */
const SHORTEST_NATIONAL = 6;

/**
 * Digits (with the signs people put between them) mean the end of a number, also as it is dialled at home, with zeros
 * before it; anything else a part of a name. Undefined when there is nothing to look for.
 */
export function callSearch(text: string): CallSearch | undefined {
  const folded = foldName(text);
  if (folded === '') return undefined;
  if (!/^[+\d\s().\-/\u2010-\u2015\u2212]+$/.test(folded) || !/\d/.test(folded)) return { by: 'name', part: folded };
  const digits = folded.replace(/\D/g, '');
  const withoutZeros = digits.replace(/^0+(?=\d)/, '');
  const ends = withoutZeros.length < SHORTEST_NATIONAL ? [digits] : [digits, withoutZeros];
  return { by: 'number', reversed: [...new Set(ends)].map(reversedDigits) };
}
