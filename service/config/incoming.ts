import * as z from 'zod';
import { isDear } from '../calls/dial-policy.ts';
import { E164, list, onOff } from './settings.ts';

/** Customers who call in. */
export const incomingShape = {
  INBOUND_FALLBACK_NUMBER: z
    .string()
    .trim()
    .regex(E164, 'must be a number in international form such as +201001234500.')
    .refine((number) => !isDear(number), { error: 'must be no premium-rate or shared-cost number.' })
    .optional(),
  INBOUND_VOICEMAIL: onOff.default('on'),
};

/** A call to a number of one's own comes back in, and rings it again: each round would be paid for. */
export function incomingProblems(given: Record<string, string | undefined>): string[] {
  const { INBOUND_FALLBACK_NUMBER: number, TWILIO_CALLER_ID: own = '' } = given;
  if (number === undefined || !list(own).includes(number.trim())) return [];
  return [
    'INBOUND_FALLBACK_NUMBER is one of TWILIO_CALLER_ID: a call to it would come back in without an end. Set a telephone that is no number of the account.',
  ];
}

export interface IncomingConfig {
  /** E.164; rung when no agent answers a customer's call. */
  fallbackNumber: string | undefined;
  /** Whether a customer whom nobody answers may leave a message. */
  voicemail: boolean;
}

export function incomingConfig(env: z.infer<z.ZodObject<typeof incomingShape>>): IncomingConfig {
  return { fallbackNumber: env.INBOUND_FALLBACK_NUMBER, voicemail: env.INBOUND_VOICEMAIL === 'on' };
}
