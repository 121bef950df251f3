import type { CallOutcome, CallRecord, CallStatus, Recording } from '../contract.ts';
import {
  eventKey,
  type CallEvent,
  type DialResultEvent,
  type LegStatusEvent,
  type RecordingEvent,
} from './call-event.ts';

/** What is known of a conversation before the carrier says anything. */
export type CallBase = Pick<CallRecord, 'callId' | 'direction' | 'agent' | 'customer' | 'callerId' | 'createdAt'>;

const TERMINAL = new Set(['completed', 'busy', 'no-answer', 'failed', 'canceled']);

function earliest(events: LegStatusEvent[]): string | null {
  return events.map((event) => event.firedAt).sort()[0] ?? null;
}

/** The last word on a leg: among terminal events the highest sequence number, then (for a total order) the key. */
function lastWord(events: LegStatusEvent[]): LegStatusEvent | undefined {
  return events
    .filter((event) => TERMINAL.has(event.status))
    .sort((a, b) => (a.sequenceNumber ?? -1) - (b.sequenceNumber ?? -1) || compare(eventKey(a), eventKey(b)))
    .at(-1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** SIP final answers (RFC 3261 §21) say more than the carrier's status: a declined call arrives as `busy`. */
function outcomeOfSip(code: number | null): CallOutcome | undefined {
  if (code === 603) return 'declined';
  if (code === 486 || code === 600) return 'busy';
  if (code === 404 || code === 410 || code === 484 || code === 604) return 'not-in-service';
  if (code === 408 || code === 480 || code === 487) return 'no-answer';
  return undefined;
}

const OUTCOME_OF_STATUS: Record<string, CallOutcome> = {
  completed: 'answered',
  answered: 'answered',
  busy: 'busy',
  'no-answer': 'no-answer',
  canceled: 'canceled',
  failed: 'failed',
};

/** The last words on an ended conversation, as far as they have been heard. */
interface Ends {
  child: LegStatusEvent | undefined;
  dial: DialResultEvent | undefined;
  parent: LegStatusEvent | undefined;
}

/**
 * Whether the agent left before an answer. Twilio keeps the status `canceled` for its REST API and calls this one
 * `no-answer` too; but it asks for the dial's result while the agent waits, before it ends the agent's leg.
 */
function agentLeft({ child, dial, parent }: Ends): boolean {
  if ([child?.status, dial?.dialStatus, parent?.status].includes('canceled')) return true;
  // 487: the carrier took its call back. Any other code is the far end's own answer.
  const takenBack = !child || (child.status === 'no-answer' && [487, null].includes(child.sipResponseCode));
  if (!takenBack) return false;
  if (dial) return dial.dialStatus === 'no-answer' && TERMINAL.has(dial.status ?? '');
  return parent?.status === 'completed' || parent?.status === 'no-answer';
}

function outcomeOf(answered: boolean, ends: Ends): CallOutcome {
  if (answered) return 'answered';
  if (agentLeft(ends)) return 'canceled';
  const { child, dial } = ends;
  const verdict = child && (outcomeOfSip(child.sipResponseCode) ?? OUTCOME_OF_STATUS[child.status]);
  if (verdict && verdict !== 'answered') return verdict;
  const dialed = dial && OUTCOME_OF_STATUS[dial.dialStatus];
  return dialed && dialed !== 'answered' ? dialed : 'failed';
}

function secondsBetween(start: string | null, end: string | null): number {
  return start && end ? Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 1000)) : 0;
}

function recordingsOf(events: RecordingEvent[]): Recording[] {
  const bySid = new Map<string, RecordingEvent[]>();
  for (const event of events) bySid.set(event.recordingSid, [...(bySid.get(event.recordingSid) ?? []), event]);
  return [...bySid]
    .sort(([a], [b]) => compare(a, b))
    .map(([recordingSid, own]) => {
      const completed = own.find((event) => event.status === 'completed');
      const absent = own.some((event) => event.status === 'absent' || event.status === 'failed');
      const channels = own.map((event) => event.channels).filter((each) => each !== null);
      return {
        recordingSid,
        status: completed ? 'completed' : absent ? 'absent' : 'processing',
        durationSeconds: completed?.durationSeconds ?? null,
        channels: channels.length > 0 ? Math.max(...channels) : null,
      } satisfies Recording;
    });
}

/**
 * One event for each key. Deliveries of one fact may differ, in the time of receipt where the carrier names none: the
 * earliest is taken and, among those of one time, the first by its text, so that the order of arrival has no say.
 */
function oneOfEachKey(events: Iterable<CallEvent>): CallEvent[] {
  const latestFirst = [...events].sort(
    (a, b) => compare(b.firedAt, a.firedAt) || compare(JSON.stringify(b), JSON.stringify(a)),
  );
  return [...new Map(latestFirst.map((event) => [eventKey(event), event])).values()];
}

/**
 * One row of the log: a pure function of the *set* of a conversation's events. Any order and any number of repeats of
 * the same events give the same record, since webhooks arrive late, twice and out of order (Twilio: call progress
 * events are separate requests without a guaranteed order).
 */
export function callRecord(base: CallBase, events: Iterable<CallEvent>): CallRecord {
  const set = oneOfEachKey(events);
  const legs = set.filter((event) => event.kind === 'leg-status');
  const child = legs.filter((event) => event.parentCallSid !== null);
  const parent = legs.filter((event) => event.parentCallSid === null);
  const dial = set.filter((event) => event.kind === 'dial-result').sort((a, b) => compare(eventKey(a), eventKey(b)))[0];

  const childEnd = lastWord(child);
  const parentEnd = lastWord(parent);
  const answeredEvents = child.filter((event) => event.status === 'in-progress');
  const answered =
    answeredEvents.length > 0 ||
    childEnd?.status === 'completed' ||
    dial?.dialStatus === 'completed' ||
    dial?.dialStatus === 'answered';
  const ringing = child.filter((event) => event.status === 'ringing');
  // A dial result alone ends nothing: it cannot tell a declined call from a busy one, and the leg's own end is on its way.
  const ended = childEnd !== undefined || parentEnd !== undefined;
  const answeredAt = earliest(answeredEvents);
  const endedAt = ended ? (childEnd ?? dial ?? parentEnd!).firedAt : null;
  const talked = childEnd?.callDuration ?? dial?.dialDuration ?? secondsBetween(answeredAt, endedAt);
  const status: CallStatus = ended ? 'ended' : answered ? 'open' : ringing.length > 0 ? 'ringing' : 'dialing';

  return {
    ...base,
    status,
    outcome: ended ? outcomeOf(answered, { child: childEnd, dial, parent: parentEnd }) : null,
    ringingAt: earliest(ringing),
    answeredAt,
    endedAt,
    durationSeconds: !ended ? null : answered ? talked : 0,
    recordings: recordingsOf(set.filter((event) => event.kind === 'recording')),
  };
}
