import type { CallRecord, Recording } from '../contract.ts';
import { compare } from './call-course.ts';
import { eventKey, type CallEvent, type RecordingEvent, type RecordingPauseEvent } from './call-event.ts';
import type { CallCourse } from './call-course.ts';
import { incomingCourse, type RungAgent } from './incoming-course.ts';
import { outgoingCourse } from './outgoing-course.ts';

/** What is known of a conversation before the carrier says anything. */
export interface CallBase extends Pick<
  CallRecord,
  'callId' | 'direction' | 'agent' | 'customer' | 'callerId' | 'createdAt' | 'consent' | 'refusal' | 'unrecorded'
> {
  /** Of an incoming call: whose phones were asked to ring. */
  rung?: readonly RungAgent[];
}

/** Of a call that was not put through: what the carrier says of the agent's leg is about our words to the agent. */
function refusedCourse({ createdAt }: CallBase): CallCourse {
  const never = { ringingAt: null, answeredAt: null };
  return { status: 'ended', outcome: 'failed', ...never, endedAt: createdAt, durationSeconds: 0 };
}

/** What the agent adds after a call. */
export type WrapUp = Pick<CallRecord, 'note' | 'disposition' | 'callBack'>;

export const NO_WRAP_UP: WrapUp = { note: null, disposition: null };

function recordingsOf(events: RecordingEvent[]): Recording[] {
  const bySid = new Map<string, RecordingEvent[]>();
  for (const event of events) bySid.set(event.recordingSid, [...(bySid.get(event.recordingSid) ?? []), event]);
  return [...bySid]
    .sort(([a], [b]) => compare(a, b))
    .map(([recordingSid, own]) => {
      const completed = own.find((event) => event.status === 'completed');
      const deleted = own.some((event) => event.status === 'deleted');
      const absent = own.some((event) => event.status === 'absent' || event.status === 'failed');
      const errorCode = own.find((event) => event.errorCode !== undefined)?.errorCode;
      const channels = own.map((event) => event.channels).filter((each) => each !== null);
      return {
        recordingSid,
        status: deleted ? 'deleted' : completed ? 'completed' : absent ? 'absent' : 'processing',
        durationSeconds: completed?.durationSeconds ?? null,
        channels: channels.length > 0 ? Math.max(...channels) : null,
        ...(own.some((event) => event.encrypted) && { encrypted: true }),
        ...(absent && errorCode !== undefined && { errorCode }),
      } satisfies Recording;
    });
}

/** The last word counts; of two at one time the one that says that the conversation is recorded. */
function isPaused(pauses: RecordingPauseEvent[]): boolean {
  const last = pauses
    .map(({ firedAt }) => firedAt)
    .sort()
    .at(-1);
  return last !== undefined && pauses.every(({ firedAt, paused }) => paused || firedAt !== last);
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

function courseOf(base: CallBase, set: CallEvent[]): CallCourse {
  if (base.refusal !== undefined) return refusedCourse(base);
  return base.direction === 'incoming' ? incomingCourse(set, base.rung ?? []) : outgoingCourse(set);
}

/**
 * One row of the log: a pure function of the *set* of a conversation's events. Any order and any number of repeats of
 * the same events give the same record, since webhooks arrive late, twice and out of order (Twilio: call progress
 * events are separate requests without a guaranteed order).
 */
export function callRecord(base: CallBase, events: Iterable<CallEvent>, wrapUp: WrapUp = NO_WRAP_UP): CallRecord {
  const { rung: _, ...known } = base;
  const set = oneOfEachKey(events);
  const course = courseOf(base, set);
  const isSilent = course.status === 'open' && isPaused(set.filter((event) => event.kind === 'recording-pause'));
  return {
    ...known,
    ...course,
    ...(isSilent && { recordingPaused: true }),
    recordings: recordingsOf(set.filter((event) => event.kind === 'recording')),
    note: wrapUp.note,
    disposition: wrapUp.disposition,
    ...(wrapUp.callBack && { callBack: wrapUp.callBack }),
  };
}
