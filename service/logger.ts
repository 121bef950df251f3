import { pino, type DestinationStream, type Logger } from 'pino';
import { standardLogOutput } from './log-output.ts';

export type { Logger };

/** `+201001234501` → `+********4501`: enough to recognise a number, not enough to call it. */
export function maskNumber(number: string): string {
  return number.replace(/\p{Nd}(?=(?:\P{Nd}*\p{Nd}){4})/gu, '*');
}

/** A string of JSON: what stands outside of one is a count or a time, and no number that somebody wrote. */
const STRING = /"(?:[^"\\]|\\.)*"/g;

/** What has as many digits and is no phone number: UUIDs, dates, addresses, SIDs and other words with a letter in them. */
const NO_NUMBER = [
  /\\(?:u[0-9a-f]{4}|.)/,
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/,
  /\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?(?!\d)/,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /(?<!%)\b\d*[A-Za-z_]\w*/,
];
/** Seven digits or more, however they are grouped, in any script. */
const NUMBER = /\p{Nd}(?:[ ().-]{0,2}\p{Nd}){6,}/u;
const NUMBER_OR_NOT = new RegExp(`(${NO_NUMBER.map(({ source }) => source).join('|')})|${NUMBER.source}`, 'gu');

function maskNumbers(text: string): string {
  // Of a line's strings hardly one has that many digits, and to see that takes a fraction of looking what they are.
  if (!NUMBER.test(text)) return text;
  return text.replace(NUMBER_OR_NOT, (found, noNumber: string | undefined) => noNumber ?? maskNumber(found));
}

const JWT = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g;
const REMOVED = '[removed]';

/** Shorter texts occur by chance: taking them out would spoil lines, and show where they stand. */
const SHORTEST_SECRET = 8;

export interface LoggerOptions {
  /**
   * Texts that must never be written, wherever they come from; more may be added later. Those under 8 characters are not
   * looked for.
   */
  secrets?: readonly string[];
  /** Standard output when absent. */
  destination?: DestinationStream;
}

/**
 * Log lines as JSON. Whatever an error's message or a forgotten field brings along, a finished line holds no phone
 * number, no JWT and none of the secrets.
 */
export function createLogger(level: string, { secrets = [], destination }: LoggerOptions = {}): Logger {
  let escaped: string[] = [];
  let known = 0;
  /** As they stand inside a JSON string. */
  const escapedSecrets = () => {
    if (known === secrets.length) return escaped;
    known = secrets.length;
    escaped = secrets
      .filter((secret) => secret.length >= SHORTEST_SECRET)
      .map((secret) => JSON.stringify(secret).slice(1, -1));
    return escaped;
  };
  const options = {
    level,
    base: null,
    hooks: {
      streamWrite: (line: string) =>
        escapedSecrets()
          .reduce((text, secret) => text.replaceAll(secret, REMOVED), line)
          .replace(JWT, REMOVED)
          .replace(STRING, maskNumbers),
    },
  };
  return pino(options, destination ?? standardLogOutput());
}
