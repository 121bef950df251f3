import * as z from 'zod';
import { CRM_EVENT_TYPES, type CrmEventType } from '../contract.ts';
import { list } from './settings.ts';

const SHORTEST_SECRET_BYTES = 32;
const UNASKED: readonly CrmEventType[] = ['call.ringing'];
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function isWebhookUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

function isEventType(text: string): text is CrmEventType {
  return (CRM_EVENT_TYPES as readonly string[]).includes(text);
}

const days = (byDefault: number) =>
  z
    .string()
    .trim()
    .refine((text) => /^\d{1,4}$/.test(text) && Number(text) > 0, { error: 'must be a number of days, such as 30.' })
    .transform(Number)
    .default(byDefault);

/** What the CRM is told of calls. */
export const crmWebhookShape = {
  CRM_WEBHOOK_URL: z
    .string()
    .trim()
    .refine(isWebhookUrl, {
      error: 'must be an https:// address without a user name (http:// is accepted for localhost only).',
    })
    .optional(),
  CRM_WEBHOOK_SECRET: z
    .string()
    .transform(list)
    .refine((secrets) => secrets.every((secret) => Buffer.byteLength(secret) >= SHORTEST_SECRET_BYTES), {
      error: `must have at least ${SHORTEST_SECRET_BYTES} bytes (openssl rand -hex 32); two with a comma between while you rotate them.`,
    })
    .optional(),
  CRM_WEBHOOK_EVENTS: z
    .string()
    .transform(list)
    .refine((types): types is CrmEventType[] => types.length > 0 && types.every(isEventType), {
      error: `must name events with commas between: ${CRM_EVENT_TYPES.join(', ')}.`,
    })
    .optional(),
  CRM_WEBHOOK_KEPT_DAYS: days(30),
  CRM_WEBHOOK_DELIVERED_DAYS: days(3),
};

export interface CrmWebhook {
  url: string;
  /** All of them sign. */
  secrets: readonly string[];
  events: readonly CrmEventType[];
  /** Days for which events that were given up are kept. */
  keptDays: number;
  /** Days for which events that were delivered are kept. */
  deliveredDays: number;
}

export interface CrmWebhookConfig {
  /** Undefined: the CRM is told nothing. */
  crmWebhook: CrmWebhook | undefined;
}

export function crmWebhookProblems(given: Record<string, string | undefined>): string[] {
  if (given['CRM_WEBHOOK_URL'] === undefined || given['CRM_WEBHOOK_SECRET'] !== undefined) return [];
  return ['CRM_WEBHOOK_SECRET is missing. CRM_WEBHOOK_URL is told of calls with signatures: openssl rand -hex 32'];
}

export function crmWebhookConfig(env: z.infer<z.ZodObject<typeof crmWebhookShape>>): CrmWebhookConfig {
  const { CRM_WEBHOOK_URL: url, CRM_WEBHOOK_SECRET: secrets = [] } = env;
  const events = env.CRM_WEBHOOK_EVENTS ?? CRM_EVENT_TYPES.filter((type) => !UNASKED.includes(type));
  const { CRM_WEBHOOK_KEPT_DAYS: keptDays, CRM_WEBHOOK_DELIVERED_DAYS: deliveredDays } = env;
  return { crmWebhook: url === undefined ? undefined : { url, secrets, events, keptDays, deliveredDays } };
}
