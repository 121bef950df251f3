import { z } from 'zod';
import { list, required } from './settings.ts';

/** `*` is a letter like others to the URL parser, but stands for no origin that a browser ever sends. */
function isWebOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.parse(text)?.origin === text;
}

/** Who may ask, and from which pages. */
export const authenticationShape = {
  AUTH_MODE: z.literal('jwt', {
    error: 'must be “jwt”: every agent’s request carries a JWT that your CRM signs. There is no default on purpose.',
  }),
  CRM_JWT_SECRET: required('Make one with `openssl rand -hex 32` and give the same to your CRM.').refine(
    (secret) => Buffer.byteLength(secret) >= 32,
    { error: 'must have at least 32 bytes. Make one with `openssl rand -hex 32`.' },
  ),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(list)
    .refine((origins) => origins.every(isWebOrigin), {
      error: 'must be exact http(s) origins with commas between, such as https://crm.example.com (no path, no *).',
    }),
};

export interface AuthenticationConfig {
  crmJwtSecret: string;
  corsOrigins: readonly string[];
}

export function authenticationConfig(env: z.infer<z.ZodObject<typeof authenticationShape>>): AuthenticationConfig {
  return { crmJwtSecret: env.CRM_JWT_SECRET, corsOrigins: env.CORS_ORIGINS };
}
