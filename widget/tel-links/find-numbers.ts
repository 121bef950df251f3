import { asciiDigits } from '../core/dial-string.ts';

/** A telephone number in a text, from `start` to `end`. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
}

const DIGIT = '0-9\\u0660-\\u0669\\u06f0-\\u06f9\\uff10-\\uff19';
const MARK = '\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';
const SPACE = ' \\u00a0\\u2009\\u202f';

const MARKS = new RegExp(`[${MARK}]`, 'g');

/**
 * Digits and what may stand between them. It takes all it can and what it cannot take does not start another match in
 * its middle, so that a text is read once, however long.
 */
const RUN = new RegExp(
  `[+＋(]{0,2}[${DIGIT}](?:[${DIGIT}]|[${MARK}${SPACE}().\\-/\\u2010-\\u2015]{1,4}(?=[${DIGIT}+＋(])|[+＋(](?=[${DIGIT}]))*[+＋]?`,
  'g',
);

/** Between two numbers rather than inside of one. */
const BETWEEN = new RegExp(`[${SPACE}]+[-/\\u2010-\\u2015]+[${SPACE}]+|[${SPACE}]{2,}|/`, 'g');

const GAP = new RegExp(`[${SPACE}]`, 'g');

const EXTENSION = new RegExp(`^[${SPACE}]?(?:ext\\.?|x|تحويلة)[${SPACE}]?[${DIGIT}]{1,6}(?![${DIGIT}])`, 'i');

/** Words that say of the number after them that it is another kind of one. */
const OTHER_KIND_BEFORE =
  /(?:\b(?:id|iban|order|invoice|ref|reference|sku|serial|isbn|account|acct|card|ticket|tracking|barcode|total|price|egp|sar|aed|usd|eur|v)|قومي|القومي|فاتورة|الفاتورة|طلب|الطلب|حساب|الحساب|كارت|مبلغ|السعر|[#№$€£])(?:\s*(?:no|number)\b\.?)?[^\p{L}\p{N}]{0,3}$/iu;
const OTHER_KIND_AFTER = /^\s?(?:[%٪$€£]|(?:egp|sar|aed|usd|eur|l\.?e)\b|جنيه|ريال|درهم|دينار|ج\.م)/i;

/** E.164 allows fifteen digits; fewer than seven are a short number, or none. */
const SHORTEST = 7;
const LONGEST = 15;

/** With all that stands between its digits. */
const LONGEST_WRITTEN = 40;

/** Numbers are written in few groups; trying all parts of a long row of them would take long. */
const MOST_GROUPS = 8;

/** A text of more characters is data, not something to read. */
const LONGEST_TEXT = 50_000;

const NOT_A_TELEPHONE: readonly RegExp[] = [
  // Dates: 2026-11-25, 25/11/2026, 05.11.26.
  /^\d{1,4}([-./])\d{1,2}\1\d{1,4}$/,
  // Addresses and versions: 192.168.100.200, 10.0.22621.1.
  /^\d{1,3}(?:\.\d{1,3}){3}$/,
  /(?:^|\.)\d\.|\.\d$/,
  // Amounts: 1 234 567, 12.345.678; of a decimal, 1234567.50, one dot is enough.
  /^[1-9]\d{0,2}(?:[ .]\d{3})+$/,
  /^\d+\.\d+$/,
  // Cards and account numbers: 4111 1111 1111 1111.
  /^\d{4}(?:[ -]\d{4}){3,}/,
];

/** A telephone number by its looks: begins as one, or is grouped as one, and not as a date, an amount or a version. */
function looksRight(written: string): boolean {
  const text = asciiDigits(written)
    .replaceAll('＋', '+')
    .replace(MARKS, '')
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[\u2010-\u2015]/g, '-');
  const digits = text.replace(/\D/g, '');
  if (digits.length < SHORTEST || digits.length > LONGEST) return false;
  if (/\d.*\+./.test(text) || NOT_A_TELEPHONE.some((other) => other.test(text))) return false;
  if (/^\(?[+0]|\+$/.test(text)) return true;
  // Written with the calling code but without the plus, as WhatsApp has it; or in three groups and more.
  return /^[2-9]\d{10,}$/.test(text) || (digits.length >= 10 && (text.match(/\d+/g) ?? []).length >= 3);
}

/** What stands around it leaves it a number by itself: `id-0100`, `0100@`, `10:30`, `1,000` and `/0100` do not. */
function standsAlone(before: string, after: string): boolean {
  if (/[\p{L}\p{N}_@=&?%]$/u.test(before) || /^[\p{L}\p{N}_@=%]/u.test(after)) return false;
  if (/[^\s\u0600-\u06ff][-./]$|\d[:,]$|[,:]\/+$/.test(before) || /^[-./:,][\p{L}\p{N}]/u.test(after)) return false;
  return !OTHER_KIND_BEFORE.test(before) && !OTHER_KIND_AFTER.test(after);
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function split(text: string, { start, end }: Part, between: RegExp): Part[] {
  const parts: Part[] = [];
  let from = start;
  for (const found of text.slice(start, end).matchAll(between)) {
    parts.push({ start: from, end: start + found.index });
    from = start + found.index + found[0].length;
  }
  parts.push({ start: from, end });
  return parts.filter((part) => part.end > part.start);
}

const AROUND = 24;

/** The telephone numbers in a text, in order. `isNumber` has the last word about what looks like one. Linear in the text's length. */
export function findNumbers(text: string, isNumber: (text: string) => boolean): FoundNumber[] {
  const numbers: FoundNumber[] = [];
  if (text.length > LONGEST_TEXT) return numbers;

  function accept({ start, end }: Part, run: Part): boolean {
    if (end - start > LONGEST_WRITTEN) return false;
    const written = text.slice(start, end);
    const after = text.slice(end, end + AROUND);
    const extension = EXTENSION.exec(after)?.[0] ?? '';
    if (!looksRight(written)) return false;
    // Two numbers with a bar between them do not hinder each other.
    const before = text[start - 1] === '/' && start > run.start ? '' : text.slice(Math.max(0, start - AROUND), start);
    const rest = text[end] === '/' && end < run.end ? '' : after.slice(extension.length);
    if (!standsAlone(before, rest)) return false;
    if (!isNumber(written)) return false;
    numbers.push({ start, end: end + extension.length });
    return true;
  }

  /** The longest number that begins first; then what is left of the part. */
  function search(groups: Part[], run: Part): void {
    if (!groups.length || groups.length > MOST_GROUPS) return;
    // A long row of short groups is the number of an account or a card.
    const length = groups.at(-1)!.end - groups[0]!.start;
    if (length > LONGEST + groups.length && groups.every(({ start, end }) => end - start <= 4)) return;
    for (let first = 0; first < groups.length; first += 1) {
      for (let last = groups.length - 1; last >= first; last -= 1) {
        if (!accept({ start: groups[first]!.start, end: groups[last]!.end }, run)) continue;
        first = last;
        break;
      }
    }
  }

  for (const found of text.matchAll(RUN)) {
    const run = { start: found.index, end: found.index + found[0].length };

    for (const part of split(text, run, BETWEEN)) search(split(text, part, GAP), run);
  }
  return numbers;
}
