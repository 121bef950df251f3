import * as z from 'zod';
import { E164, onOff } from './settings.ts';

/** Customers who call in. */
export const incomingShape = {
  INBOUND_FALLBACK_NUMBER: z
    .string()
    .trim()
    .regex(E164, 'must be a number in international form such as +201001234500.')
    .optional(),
  INBOUND_VOICEMAIL: onOff.default('on'),
};

export interface IncomingConfig {
  /** E.164; rung when no agent answers a customer's call. */
  fallbackNumber: string | undefined;
  /** Whether a customer whom nobody answers may leave a message. */
  voicemail: boolean;
}

export function incomingConfig(env: z.infer<z.ZodObject<typeof incomingShape>>): IncomingConfig {
  return { fallbackNumber: env.INBOUND_FALLBACK_NUMBER, voicemail: env.INBOUND_VOICEMAIL === 'on' };
}
