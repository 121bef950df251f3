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

function outcomeOf(
  answered: boolean,
  child: LegStatusEvent | undefined,
  dial: DialResultEvent | undefined,
  parent: LegStatusEvent | undefined,
): CallOutcome {
  if (answered) return 'answered';
  if (child?.status === 'canceled') return 'canceled';
  // 487 on a call that was not canceled by us means that it rang out (RFC 3261 §21.4.25).
  const verdict = child && (outcomeOfSip(child.sipResponseCode) ?? OUTCOME_OF_STATUS[child.status]);
  if (verdict && verdict !== 'answered') return verdict;
  const dialed = dial && OUTCOME_OF_STATUS[dial.dialStatus];
  if (dialed && dialed !== 'answered') return dialed;
  // The agent's leg is over and nobody was dialled, or was reported.
  return parent?.status === 'canceled' ? 'canceled' : 'failed';
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
 * One row of the log: a pure function of the *set* of a conversation's events. Any order and any number of repeats of
 * the same events give the same record, since webhooks arrive late, twice and out of order (Twilio: call progress
 * events are separate requests without a guaranteed order).
 */
export function callRecord(base: CallBase, events: Iterable<CallEvent>): CallRecord {
  const set = [...new Map([...events].map((event) => [eventKey(event), event])).values()];
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
  const ended = childEnd !== undefined || parentEnd !== undefined || dial !== undefined;
  const status: CallStatus = ended ? 'ended' : answered ? 'open' : ringing.length > 0 ? 'ringing' : 'dialing';

  return {
    ...base,
    status,
    outcome: ended ? outcomeOf(answered, childEnd, dial, parentEnd) : null,
    ringingAt: earliest(ringing),
    answeredAt: earliest(answeredEvents),
    endedAt: ended ? (childEnd ?? dial ?? parentEnd!).firedAt : null,
    durationSeconds: !ended ? null : !answered ? 0 : (childEnd?.callDuration ?? dial?.dialDuration ?? 0),
    recordings: recordingsOf(set.filter((event) => event.kind === 'recording')),
  };
}
