import type { Command, DialerEvent, Step } from './events.ts';
import { isLive, type Call, type DialerState, type Outcome } from './state.ts';

function withWaiting(state: DialerState, waiting: Call | null, ...commands: Command[]): Step {
  return [Object.freeze({ ...state, waiting: waiting && Object.freeze(waiting) }), commands];
}

/** As many as a face has room for; the log has all. */
const MOST_MISSED = 3;

function missed(state: DialerState, waiting: Call, at: number): Step {
  const call = Object.freeze({ ...waiting, accepting: false, endedAt: at });
  return [Object.freeze({ ...state, waiting: null, missed: [...state.missed, call].slice(-MOST_MISSED) }), []];
}

/** Nobody answered it; another agent may have, which is not known yet. */
const NOT_ANSWERED: ReadonlySet<Outcome | null> = new Set<Outcome | null>(['missed', 'voicemail', 'no-answer']);

/** The request is about the call that waits: by its name or, while no call rings in the foreground, without one. */
function isMeant({ phase }: DialerState, waiting: Call, callId: string | undefined): boolean {
  return callId === undefined ? phase !== 'incoming' : callId === waiting.callId;
}

/** To take the second call, the one in progress is ended; it is taken when that is over. */
function answerWaiting(state: DialerState, waiting: Call): Step {
  if (waiting.accepting) return [state, []];
  const { call, phase } = state;
  const accepting = { ...waiting, accepting: true };
  if (!call || phase === 'ending') return withWaiting(state, accepting);
  const { callId } = call;
  if (phase === 'incoming' && !call.accepting) return withWaiting(state, accepting, { type: 'reject', callId });
  return withWaiting({ ...state, phase: 'ending' }, accepting, { type: 'disconnect', callId });
}

/** What an event does to the call that waits; undefined when it is about something else. */
export function ofWaiting(state: DialerState, event: DialerEvent): Step | undefined {
  const { waiting } = state;
  if (event.type === 'call-taken' && state.missed.some(({ callId }) => callId === event.callId)) {
    return [Object.freeze({ ...state, missed: state.missed.filter(({ callId }) => callId !== event.callId) }), []];
  }
  if (!waiting) return undefined;
  switch (event.type) {
    case 'answer-requested':
      return isMeant(state, waiting, event.callId) ? answerWaiting(state, waiting) : undefined;
    case 'decline-requested':
      return isMeant(state, waiting, event.callId) ? [state, [{ type: 'reject', callId: waiting.callId }]] : undefined;
    case 'customer-known':
      return event.callId === waiting.callId ? withWaiting(state, { ...waiting, name: event.name }) : undefined;
    case 'call-ended':
      if (event.callId !== waiting.callId) return undefined;
      return event.verdict.outcome === 'declined' ? withWaiting(state, null) : missed(state, waiting, event.at);
    case 'outcome-known':
      if (event.callId !== waiting.callId) return undefined;
      return NOT_ANSWERED.has(event.outcome) ? missed(state, waiting, event.at) : withWaiting(state, null);
    case 'call-failed':
    case 'call-taken':
      return event.callId === waiting.callId ? withWaiting(state, null) : undefined;
    default:
      return undefined;
  }
}

/** A free agent reads of the calls that were missed meanwhile, one after the other. */
function withMissedShown(step: Step): Step {
  const [state, commands] = step;
  const [call, ...missed] = state.missed;
  if (state.phase !== 'idle' || !call) return step;
  return [Object.freeze({ ...state, phase: 'ended', call, missed, outcome: 'missed', problem: null }), commands];
}

/**
 * Brings the waiting call to the front once the other one is over: at once when it is to be answered, whatever the
 * carrier still has to say of the one before.
 */
export function promoted(step: Step): Step {
  const [state, commands] = step;
  const { waiting, call } = state;
  if (!waiting) return withMissedShown(step);
  const over = !isLive(state) || (waiting.accepting && call?.endedAt !== null);
  if (!over) return step;
  const front: DialerState = Object.freeze({
    ...state,
    phase: 'incoming',
    call: waiting,
    waiting: null,
    outcome: null,
    problem: null,
    warnings: Object.freeze([]),
  });
  const kept = commands.filter(({ type }) => type !== 'fetch-outcome');
  return [front, waiting.accepting ? [...kept, { type: 'accept', callId: waiting.callId }] : kept];
}
