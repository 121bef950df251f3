import { isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import { list } from './settings.ts';

/** What agents may call. */
export const dialingShape = {
  DEFAULT_COUNTRY: z
    .string()
    .trim()
    .refine((code) => isSupportedCountry(code), { error: 'must be a two-letter country code such as EG.' })
    .default('EG'),
  ALLOWED_COUNTRIES: z
    .string()
    .default('')
    .transform(list)
    .refine((codes) => codes.every((code) => isSupportedCountry(code)), {
      error: 'must be two-letter country codes with commas between, such as EG,SA,AE.',
    }),
};

export interface DialingConfig {
  defaultCountry: string;
  allowedCountries: readonly string[];
}

export function dialingConfig(env: z.infer<z.ZodObject<typeof dialingShape>>): DialingConfig {
  return {
    defaultCountry: env.DEFAULT_COUNTRY,
    allowedCountries: env.ALLOWED_COUNTRIES.length > 0 ? env.ALLOWED_COUNTRIES : [env.DEFAULT_COUNTRY],
  };
}
