import * as z from 'zod';

/** This process: where it listens and what it tells. */
export const processShape = {
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .trim()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: 'must be a number from 0 to 65535.' })
    .transform(Number)
    .default(3000),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'must be debug, info, warn, error or silent.' })
    .default('info'),
  METRICS_TOKEN: z
    .string()
    .trim()
    .refine((token) => /^[\w.~+/=-]{16,}$/.test(token), {
      error: 'must have at least 16 characters, without spaces. Make one with `openssl rand -hex 16`.',
    })
    .optional(),
};

export interface ProcessConfig {
  host: string;
  port: number;
  logLevel: string;
  /** Bearer of who may read /metrics; undefined: whoever is on this machine. */
  metricsToken: string | undefined;
}

export function processConfig(env: z.infer<z.ZodObject<typeof processShape>>): ProcessConfig {
  return { host: env.HOST, port: env.PORT, logLevel: env.LOG_LEVEL, metricsToken: env.METRICS_TOKEN };
}
