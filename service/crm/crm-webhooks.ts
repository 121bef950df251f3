import type { BackgroundTask } from '../background.ts';
import type { CrmOutbox } from '../calls/crm-outbox.ts';
import type { CrmWebhook } from '../config/crm-webhook.ts';
import { createCrmOutbox, crmEventWriter, type WriteCrmEvents } from '../storage/crm-outbox.ts';
import type { Store } from '../storage/store.ts';
import { deliverEvents, type DeliverEventsOptions } from './deliver-events.ts';

const EVERY_MS = 500;
const FORGET_EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface CrmWebhooks {
  outbox: CrmOutbox;
  /** For the log's transactions. */
  write: WriteCrmEvents;
  tasks: BackgroundTask[];
}

/** Joins what tells the CRM of calls; undefined where it is told nothing. */
export function crmWebhooks(
  webhook: CrmWebhook | undefined,
  { store, ...options }: Omit<DeliverEventsOptions, 'outbox' | 'webhook'> & { store: Store },
): CrmWebhooks | undefined {
  if (!webhook) return undefined;
  const outbox = createCrmOutbox(store);
  const { clock } = options;
  const daysAgo = (days: number) => new Date(clock().getTime() - days * DAY_MS);
  const forget = () => outbox.forget({ givenUp: daysAgo(webhook.keptDays), delivered: daysAgo(webhook.deliveredDays) });
  return {
    outbox,
    write: crmEventWriter(webhook.events, clock),
    tasks: [
      { name: 'CRM events', everyMs: EVERY_MS, work: deliverEvents({ outbox, webhook, ...options }) },
      { name: 'CRM events kept', everyMs: FORGET_EVERY_MS, work: forget },
    ],
  };
}
