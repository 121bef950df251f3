import type { Call, DialerState } from '../core/state.ts';
import { tell, type CallDetail } from './events.ts';

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

function tellOfEnd(
  element: EventTarget,
  call: Call,
  outcome: DialerState['outcome'],
  problem: DialerState['problem'],
): void {
  const detail = detailOf(call);
  if (outcome === 'missed') tell(element, 'almasar-call-missed', detail);
  tell(element, 'almasar-call-ended', { ...detail, outcome, durationSeconds: conversationSeconds(call), problem });
}

function tellOfCall(element: EventTarget, previous: DialerState, { phase, call, outcome, problem }: DialerState): void {
  if (!call || (phase === previous.phase && call.callId === previous.call?.callId)) return;
  if (hasMissed(previous, call)) return;
  const detail = detailOf(call);
  if (phase === 'ringing') tell(element, 'almasar-call-ringing', detail);
  else if (phase === 'incoming') {
    if (call.callId !== previous.waiting?.callId) tell(element, 'almasar-call-incoming', detail);
  } else if (phase === 'open') {
    if (previous.phase !== 'reconnecting') tell(element, 'almasar-call-open', detail);
  } else if (phase === 'ended') tellOfEnd(element, call, outcome, problem);
}

/** Tells the page, from the element, what a change from one state to the next means to it. */
export function tellOfChange(element: EventTarget, previous: DialerState, next: DialerState): void {
  const { waiting, missed, reach, place } = next;
  for (const call of missed) if (!hasMissed(previous, call)) tellOfEnd(element, call, 'missed', null);
  tellOfCall(element, previous, next);
  if (waiting && waiting.callId !== previous.waiting?.callId) tell(element, 'almasar-call-incoming', detailOf(waiting));
  if (reach !== previous.reach || place !== previous.place) tell(element, 'almasar-reach', { reach, place });
}
