import { pino, type DestinationStream, type Logger } from 'pino';
import { standardLogOutput } from './log-output.ts';

export type { Logger };

/** `+201001234501` → `+********4501`: enough to recognise a number, not enough to call it. */
export function maskNumber(number: string): string {
  return number.replace(/\d(?=(?:\D*\d){4})/g, '*');
}

const E164 = /\+\d{7,15}(?!\d)/g;
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
          .replace(E164, maskNumber),
    },
  };
  return pino(options, destination ?? standardLogOutput());
}
