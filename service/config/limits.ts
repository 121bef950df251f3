import { isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import { parseRates, withEstimates, type CallRates } from '../calls/call-rates.ts';
import type { DialLimits } from '../calls/dial-limits.ts';
import { parseAmount } from '../calls/money.ts';

function count(standard: number, largest = 1_000_000) {
  return z
    .string()
    .trim()
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= largest, {
      error: `must be a whole number from 1 to ${largest}.`,
    })
    .transform(Number)
    .default(standard);
}

const amount = z
  .string()
  .trim()
  .transform((text, context) => {
    const parsed = parseAmount(text);
    if (parsed !== undefined && parsed > 0) return parsed;
    context.addIssue({ code: 'custom', message: 'must be an amount such as 25 or 12.50, without a currency.' });
    return z.NEVER;
  })
  .optional();

/** How much agents may call, and for how much. */
export const limitsShape = {
  CALLS_AT_ONCE_AGENT: count(1),
  CALLS_AT_ONCE: count(50),
  CALLS_PER_MINUTE_AGENT: count(10),
  CALLS_PER_HOUR_AGENT: count(200),
  CALLS_PER_DAY_AGENT: count(600),
  CALLS_PER_HOUR_NUMBER: count(5),
  // The carrier's own longest call is a day (Twilio: <Dial> timeLimit).
  LONGEST_CALL_MINUTES: count(60, 1440),
  RATES: z
    .string()
    .default('')
    .transform((text, context) => {
      const parsed = parseRates(text, (code) => isSupportedCountry(code));
      if (typeof parsed !== 'string') return withEstimates(parsed);
      context.addIssue({ code: 'custom', message: parsed });
      return z.NEVER;
    }),
  SPEND_LIMIT_AGENT_DAY: amount,
  SPEND_LIMIT_DAY: amount,
};

export interface LimitsConfig {
  limits: DialLimits;
  rates: CallRates;
  longestCallSeconds: number;
}

export function limitsConfig(env: z.infer<z.ZodObject<typeof limitsShape>>): LimitsConfig {
  return {
    limits: {
      agentAtOnce: env.CALLS_AT_ONCE_AGENT,
      atOnce: env.CALLS_AT_ONCE,
      agentPerMinute: env.CALLS_PER_MINUTE_AGENT,
      agentPerHour: env.CALLS_PER_HOUR_AGENT,
      agentPerDay: env.CALLS_PER_DAY_AGENT,
      numberPerHour: env.CALLS_PER_HOUR_NUMBER,
      agentSpendPerDay: env.SPEND_LIMIT_AGENT_DAY,
      spendPerDay: env.SPEND_LIMIT_DAY,
    },
    rates: env.RATES,
    longestCallSeconds: env.LONGEST_CALL_MINUTES * 60,
  };
}
