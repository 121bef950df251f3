import * as z from 'zod';
import type { Disposition } from '../contract.ts';
import { DEFAULT_DISPOSITIONS, parseDispositions } from '../dispositions.ts';

function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('sqlite:')) return text.length > 'sqlite:'.length;
  const url = URL.parse(text);
  if (url?.protocol !== 'postgres:' && url?.protocol !== 'postgresql:') return false;
  // As the driver will read it: a lone % in the password would be refused there, and by a less useful sentence.
  if (/%(?![\da-f]{2})/i.test(text)) return false;
  return url.pathname.length > 1 && (url.host !== '' || url.searchParams.has('host'));
}

/** The call log. */
export const logShape = {
  DATABASE_URL: z.string().trim().default('sqlite:./data/almasar.db').refine(isDatabaseUrl, {
    error:
      'must be sqlite: and a file path, such as sqlite:./data/almasar.db, or the address of a PostgreSQL database, such as postgres://user:password@host:5432/database (a sign such as @ or % in the password as %40 or %25).',
  }),
  DISPOSITIONS: z
    .string()
    .transform((text, context) => {
      const parsed = parseDispositions(text);
      if (typeof parsed !== 'string') return parsed;
      context.addIssue({ code: 'custom', message: parsed });
      return z.NEVER;
    })
    .optional(),
};

export interface LogConfig {
  /** `sqlite:<file>`, or `postgres://…` with a password. */
  databaseUrl: string;
  /** What agents choose from after a call. */
  dispositions: readonly Disposition[];
}

export function logConfig(env: z.infer<z.ZodObject<typeof logShape>>): LogConfig {
  return { databaseUrl: env.DATABASE_URL, dispositions: env.DISPOSITIONS ?? DEFAULT_DISPOSITIONS };
}

/** Where the log is, for a person to read: the file, or the server and its database; never a password. */
export function databasePlace(databaseUrl: string): string {
  if (databaseUrl.startsWith('sqlite:')) return databaseUrl.slice('sqlite:'.length);
  const { host, pathname, searchParams } = new URL(databaseUrl);
  return `PostgreSQL, ${searchParams.get('host') ?? host}${pathname}`;
}

/** What to do about a log that cannot be opened. */
export function databaseRemedy(databaseUrl: string): string {
  return databaseUrl.startsWith('sqlite:')
    ? 'Name a file that this user may write and that is a database of this program.'
    : 'See that the server runs and lets this host in, that user and password are right, and that the database exists and belongs to the user.';
}

/** What of the address must be told to nobody: the password, as it is written and as it is meant. */
export function databaseSecrets(databaseUrl: string): string[] {
  if (databaseUrl.startsWith('sqlite:')) return [];
  const { password, searchParams } = new URL(databaseUrl);
  const given = [password, searchParams.get('password') ?? ''].filter(Boolean);
  return [...new Set(given.flatMap((text) => [text, decodeURIComponent(text)]))];
}
