import type { CrmOutbox, OutgoingEvent } from '../calls/crm-outbox.ts';
import type { Clock } from '../calls/ports.ts';
import type { CrmWebhook } from '../config/crm-webhook.ts';
import type { Logger } from '../logger.ts';
import { EVENT_ID_HEADER, SIGNATURE_HEADER, signWebhook } from './webhook-signature.ts';

const AT_ONCE = 20;
const ANSWER_MS = 10_000;
/** A node that dies in a delivery leaves it to the others after this time. */
const CLAIMED_FOR_MS = 30_000;
/** 5 s, 10 s, 20 s … an hour, for a day. */
const FIRST_AGAIN_MS = 5_000;
const LAST_AGAIN_MS = 3_600_000;
const GIVEN_UP_AFTER_MS = 86_400_000;
/** In one round; then others have their turn, and a service that is to stop stops. */
const MOST_ROUNDS = 50;
const GONE = 410;

export interface DeliverEventsOptions {
  outbox: CrmOutbox;
  webhook: CrmWebhook;
  clock: Clock;
  logger: Logger;
  /** No more is sent. */
  closing: AbortSignal;
}

/**
 * Tells the CRM what is in the outbox: at least once, of each call in order, by one node at a time. 2xx is taken for
 * told; 410 ends it; anything else is tried again, for a day.
 */
export function deliverEvents({ outbox, webhook, clock, logger, closing }: DeliverEventsOptions): () => Promise<void> {
  const { url, secrets } = webhook;

  async function send({ body, eventId }: OutgoingEvent): Promise<number> {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'almasar-dialer',
        [EVENT_ID_HEADER]: eventId,
        [SIGNATURE_HEADER]: signWebhook(body, secrets, clock()),
      },
      body,
      // Only the address that is configured is ever asked.
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(ANSWER_MS)]),
    });
    await answer.body?.cancel();
    return answer.status;
  }

  async function tell(event: OutgoingEvent): Promise<void> {
    const { id, eventId, callId } = event;
    let status: number | undefined;
    let failure: unknown;
    try {
      status = await send(event);
    } catch (error) {
      // Not the CRM's fault: the next start, or another node, begins where this one stops.
      if (closing.aborted) return outbox.postpone(id, event.attempts, clock());
      failure = error;
    }
    if (status !== undefined && status >= 200 && status < 300) return outbox.delivered(id, clock());
    const attempts = event.attempts + 1;
    const about = { err: failure, status, eventId, callId, attempts };
    const now = clock();
    if (status === GONE || now.getTime() - Date.parse(event.since) >= GIVEN_UP_AFTER_MS) {
      logger.error(about, 'the CRM was not told of an event: given up');
      return outbox.giveUp(id, attempts, now);
    }
    const wait = Math.min(FIRST_AGAIN_MS * 2 ** event.attempts, LAST_AGAIN_MS);
    logger.warn(about, 'the CRM could not be told of an event: tried again');
    return outbox.postpone(id, attempts, new Date(now.getTime() + wait));
  }

  return async () => {
    for (let round = 0; round < MOST_ROUNDS && !closing.aborted; round += 1) {
      const now = clock();
      const due = await outbox.claim(now, new Date(now.getTime() + CLAIMED_FOR_MS), AT_ONCE);
      if (due.length === 0) return;
      await Promise.all(due.map(tell));
    }
  };
}
