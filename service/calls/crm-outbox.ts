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

/** What the CRM is yet to be told. Events are put in by the transaction that changes their call. */
export interface CrmOutbox {
  /** Up to `limit` that are due, of each call the oldest alone: nobody else gets them until then. */
  claim(now: Date, until: Date, limit: number): Promise<OutgoingEvent[]>;
  delivered(id: number): Promise<void>;
  /** Is due again at that time. */
  postpone(id: number, attempts: number, at: Date): Promise<void>;
  /** Is sent no more, and kept for the operator to see; those of its call behind it go on. */
  giveUp(id: number, attempts: number, now: Date): Promise<void>;
  /** Newest first. */
  page(query: CrmEventsQuery): Promise<CrmEventsPage>;
  /** Those of these that are given up are due as on their first day; the audit has it. Returns how many they are. */
  resend(events: CrmResendRequest['events'], by: AuditBy): Promise<number>;
  /** Takes away what was given up before that time. */
  forget(givenUpBefore: Date): Promise<void>;
  counts(): Promise<OutboxCounts>;
}

/** For an operator's eyes. */
export interface OutboxCounts {
  waiting: number;
  givenUp: number;
  /** Of the oldest that waits. */
  oldestAt: string | null;
}
