import type { Metrics } from '../calls/metrics.ts';
import type { Clock } from '../calls/ports.ts';

/** The difference between two clocks is told in whole seconds, and a webhook takes its time. */
const BELIEVED_LATE_MS = 60_000;

/** What was last seen of the carrier, without asking it. */
export interface CarrierContact {
  /** A REST request was answered, whatever the answer was. */
  answered(response: Response, seconds: number): void;
  failed(error: unknown, seconds: number): void;
  /** A signed webhook gave the time of its event. Milliseconds since the epoch. */
  webhookSaid(firedAt: number, now: number): void;
  lastAnswerAt(): Date | undefined;
  lastFailureAt(): Date | undefined;
  /** Milliseconds that this machine's clock is ahead of the carrier's, as last seen. */
  clockAhead(): number | undefined;
}

export function createCarrierContact(clock: Clock, metrics: Metrics): CarrierContact {
  let answerAt: Date | undefined;
  let failureAt: Date | undefined;
  let ahead: number | undefined;

  return {
    answered(response, seconds) {
      answerAt = clock();
      metrics.restRequest(`${Math.floor(response.status / 100)}xx`, seconds);
      const told = Date.parse(response.headers.get('date') ?? '');
      // Cut to whole seconds, somewhere between question and answer.
      if (!Number.isNaN(told)) ahead = answerAt.getTime() - seconds * 500 - (told + 500);
    },
    failed(error, seconds) {
      failureAt = clock();
      metrics.restRequest(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable', seconds);
    },
    webhookSaid(firedAt, now) {
      // An old one proves nothing of our clock: it may have been repeated, by the carrier or by whoever recorded it.
      if (now - firedAt < BELIEVED_LATE_MS) ahead = Math.min(0, now - firedAt);
    },
    lastAnswerAt: () => answerAt,
    lastFailureAt: () => failureAt,
    clockAhead: () => ahead,
  };
}
