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

function callEvents(previous: DialerState, next: DialerState): readonly Event[] {
  const { phase, call, outcome, problem } = next;
  if (!call || (phase === previous.phase && call.callId === previous.call?.callId)) return [];
  const detail = detailOf(call);
  if (phase === 'ringing') return [new AlmasarCallRingingEvent(detail)];
  if (phase === 'incoming')
    return call.callId === previous.waiting?.callId ? [] : [new AlmasarCallIncomingEvent(detail)];
  if (phase === 'open' && previous.phase !== 'reconnecting') return [new AlmasarCallOpenEvent(detail)];
  if (phase !== 'ended') return [];
  const durationSeconds = conversationSeconds(call);
  const over = new AlmasarCallEndedEvent({ ...detail, outcome, durationSeconds, problem });
  return outcome === 'missed' ? [new AlmasarCallMissedEvent({ ...detail }), over] : [over];
}

/** Tells the page, from the element, what a change from one state to the next means to it. */
export function tellOfChange(element: EventTarget, previous: DialerState, next: DialerState): void {
  const { waiting, reach, place } = next;
  for (const event of callEvents(previous, next)) element.dispatchEvent(event);
  if (waiting && waiting.callId !== previous.waiting?.callId) {
    element.dispatchEvent(new AlmasarCallIncomingEvent(detailOf(waiting)));
  }
  if (reach !== previous.reach || place !== previous.place) {
    element.dispatchEvent(new AlmasarReachEvent({ reach, place }));
  }
}
