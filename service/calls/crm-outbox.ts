import type { CrmEventsPage, CrmEventsQuery, CrmResendRequest } from '../admin-contract.ts';
import type { AuditBy } from './audit.ts';

/** An event that the CRM is yet to be told. */
export interface OutgoingEvent {
  /** In the outbox. */
  id: number;
  eventId: string;
  callId: string;
  /** JSON of the CrmEvent. */
  body: string;
  /** Since when it is tried, ISO 8601, UTC. */
  since: string;
  /** How often it was sent without success. */
  attempts: number;
}

/** What the CRM is yet to be told, and for a while what it was told. Events are put in by the transaction that changes their call. */
export interface CrmOutbox {
  /** Up to `limit` that are due, of each call the oldest alone: nobody else gets them until then. */
  claim(now: Date, until: Date, limit: number): Promise<OutgoingEvent[]>;
  /** Is told, and kept to be told again should somebody ask for that. */
  delivered(id: number, now: Date): Promise<void>;
  /** Is due again at that time. */
  postpone(id: number, attempts: number, at: Date): Promise<void>;
  /** Is sent no more, and kept for the operator to see; those of its call behind it go on. */
  giveUp(id: number, attempts: number, now: Date): Promise<void>;
  /** Newest first. */
  page(query: CrmEventsQuery): Promise<CrmEventsPage>;
  /**
   * What is asked for and waits no more is due as on its first day, under the same id; the audit has it. Returns how many
   * events that are; undefined, and nothing is done, where they are more than `MOST_RESENT`.
   */
  resend(asked: CrmResendRequest, by: AuditBy): Promise<number | undefined>;
  /** Takes away what was given up, and what was told, before these times. */
  forget(before: { givenUp: Date; delivered: Date }): Promise<void>;
  counts(): Promise<OutboxCounts>;
}

/** For an operator's eyes. */
export interface OutboxCounts {
  waiting: number;
  givenUp: number;
  /** Of the oldest that waits. */
  oldestAt: string | null;
}
