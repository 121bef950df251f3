import type { CallRecord } from '../contract.ts';
import { eventKey, isTerminal, type CallEvent, type LegStatusEvent } from './call-event.ts';

/** How a conversation went, as far as its events tell. */
export type CallCourse = Pick<
  CallRecord,
  'status' | 'outcome' | 'ringingAt' | 'answeredAt' | 'endedAt' | 'durationSeconds'
>;

/** A total order of texts that is the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byKey(a: CallEvent, b: CallEvent): number {
  return compare(eventKey(a), eventKey(b));
}

export function earliest(events: LegStatusEvent[]): string | null {
  return events.map((event) => event.firedAt).sort()[0] ?? null;
}

/** The last word on a leg: among terminal events the highest sequence number, then (for a total order) the key. */
export function lastWord(events: LegStatusEvent[]): LegStatusEvent | undefined {
  return events
    .filter((event) => isTerminal(event.status))
    .sort((a, b) => (a.sequenceNumber ?? -1) - (b.sequenceNumber ?? -1) || byKey(a, b))
    .at(-1);
}

/** Whole seconds; 0 where one of the two is not known, or they are in the wrong order. */
export function secondsBetween(start: string | null, end: string | null): number {
  return start && end ? Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 1000)) : 0;
}
