import type { Call, DialerState } from '../core/state.ts';
import {
  AlmasarCallEndedEvent,
  AlmasarCallIncomingEvent,
  AlmasarCallMissedEvent,
  AlmasarCallOpenEvent,
  AlmasarCallRingingEvent,
  AlmasarReachEvent,
  type CallDetail,
} from './events.ts';

/** Seconds of conversation in a call that is over; 0 when nobody answered. */
export function conversationSeconds({ openedAt, endedAt }: Call): number {
  return openedAt !== null && endedAt !== null ? Math.max(0, Math.round((endedAt - openedAt) / 1000)) : 0;
}

function detailOf({ callId, number, name, direction }: Call): CallDetail {
  return { callId, number, name, direction };
}

function hasMissed({ missed }: DialerState, { callId }: Call): boolean {
  return missed.some((each) => each.callId === callId);
}

function endedEvents(call: Call, outcome: DialerState['outcome'], problem: DialerState['problem']): readonly Event[] {
  const detail = detailOf(call);
  const over = new AlmasarCallEndedEvent({ ...detail, outcome, durationSeconds: conversationSeconds(call), problem });
  return outcome === 'missed' ? [new AlmasarCallMissedEvent(detail), over] : [over];
}

function callEvents(previous: DialerState, next: DialerState): readonly Event[] {
  const { phase, call, outcome, problem } = next;
  if (!call || (phase === previous.phase && call.callId === previous.call?.callId)) return [];
  if (hasMissed(previous, call)) return [];
  const detail = detailOf(call);
  if (phase === 'ringing') return [new AlmasarCallRingingEvent(detail)];
  if (phase === 'incoming')
    return call.callId === previous.waiting?.callId ? [] : [new AlmasarCallIncomingEvent(detail)];
  if (phase === 'open' && previous.phase !== 'reconnecting') return [new AlmasarCallOpenEvent(detail)];
  return phase === 'ended' ? endedEvents(call, outcome, problem) : [];
}

/** Tells the page, from the element, what a change from one state to the next means to it. */
export function tellOfChange(element: EventTarget, previous: DialerState, next: DialerState): void {
  const { waiting, reach, place } = next;
  const missed = next.missed.filter((call) => !hasMissed(previous, call));
  const ends = missed.flatMap((call) => endedEvents(call, 'missed', null));
  for (const event of [...ends, ...callEvents(previous, next)]) element.dispatchEvent(event);
  if (waiting && waiting.callId !== previous.waiting?.callId) {
    element.dispatchEvent(new AlmasarCallIncomingEvent(detailOf(waiting)));
  }
  if (reach !== previous.reach || place !== previous.place) {
    element.dispatchEvent(new AlmasarReachEvent({ reach, place }));
  }
}
