import { z } from 'zod';
import type { Disposition } from '../contract.ts';
import { DEFAULT_DISPOSITIONS, parseDispositions } from '../dispositions.ts';

/** The call log. */
export const logShape = {
  DATABASE_URL: z
    .string()
    .trim()
    .default('sqlite:./data/almasar.db')
    .refine((url) => url.startsWith('sqlite:') && url.length > 'sqlite:'.length, {
      error:
        'must be sqlite: and a file path, such as sqlite:./data/almasar.db. PostgreSQL and others are not supported yet.',
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
  /** `sqlite:<file>`. */
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
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL, ${host}${pathname}`;
}
