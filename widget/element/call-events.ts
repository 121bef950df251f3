import type { Call, DialerState } from '../core/state.ts';
import { AlmasarCallEndedEvent, AlmasarCallOpenEvent, AlmasarCallRingingEvent, type CallDetail } from './events.ts';

/** Seconds of conversation in a call that is over; 0 when nobody answered. */
export function conversationSeconds({ openedAt, endedAt }: Call): number {
  return openedAt !== null && endedAt !== null ? Math.max(0, Math.round((endedAt - openedAt) / 1000)) : 0;
}

/** The event that tells the page of a change from one state to the next, if it is worth one. */
function callEvent(previous: DialerState, next: DialerState): Event | null {
  const { phase, call, outcome, problem } = next;
  if (!call || (phase === previous.phase && call.callId === previous.call?.callId)) return null;
  const detail: CallDetail = {
    callId: call.callId,
    number: call.number,
    name: call.name,
    direction: call.direction,
  };
  if (phase === 'ringing' || phase === 'incoming') return new AlmasarCallRingingEvent(detail);
  if (phase === 'open' && previous.phase !== 'reconnecting') return new AlmasarCallOpenEvent(detail);
  if (phase !== 'ended') return null;
  return new AlmasarCallEndedEvent({ ...detail, outcome, durationSeconds: conversationSeconds(call), problem });
}

/** Tells the page, from the element, what has become of a call. */
export function tellOfCall(element: EventTarget, previous: DialerState, next: DialerState): void {
  const event = callEvent(previous, next);
  if (event) element.dispatchEvent(event);
}
