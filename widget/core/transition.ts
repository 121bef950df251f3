import type { Command, DialerEvent, Verdict } from './events.ts';
import { IDLE, type Call, type DialerState, type Outcome, type Phase } from './state.ts';

export type Step = readonly [DialerState, readonly Command[]];

type EventType = DialerEvent['type'];
type EventOf<T extends EventType> = Extract<DialerEvent, { type: T }>;
type LiveState = DialerState & { readonly call: Call };

/** What a phase does on the events it knows. Only `idle` has no call, and its rules do not look at one. */
type Rules = { readonly [T in EventType]?: (state: LiveState, event: EventOf<T>) => Step };

const NOTHING: readonly Command[] = Object.freeze([]);

function stay(state: DialerState, ...commands: Command[]): Step {
  return [state, commands.length > 0 ? commands : NOTHING];
}

function go(state: LiveState, phase: Phase, change: Partial<Call>, ...commands: Command[]): Step {
  const call = Object.freeze({ ...state.call, ...change });
  return [Object.freeze({ ...state, phase, call }), commands];
}

function end(state: LiveState, at: number, { outcome, problem }: Verdict, ...commands: Command[]): Step {
  const call = Object.freeze({ ...state.call, endedAt: state.call.endedAt ?? at });
  return [Object.freeze({ phase: 'ended', call, outcome, problem }), commands];
}

const dial: Rules['dial-requested'] = (_state, { callId, number, name, at }) => {
  const call: Call = Object.freeze({
    callId,
    direction: 'outgoing',
    number,
    name,
    muted: false,
    startedAt: at,
    ringingAt: null,
    openedAt: null,
    endedAt: null,
  });
  const state: DialerState = Object.freeze({ phase: 'dialing', call, outcome: null, problem: null });
  // Neither waits for the other: the carrier asks the service for the intent, which arrives meanwhile.
  return stay(state, { type: 'create-intent', callId, number, name }, { type: 'connect', callId });
};

const dismiss: Rules['dismiss-requested'] = (state) => stay(state.problem || state.call ? IDLE : state);

const numberAccepted: Rules['number-accepted'] = (state, { to }) =>
  to === state.call.number ? stay(state) : go(state, state.phase, { number: to });

const rang: Rules['call-rang'] = (state, { at }) => go(state, 'ringing', { ringingAt: at });

const opened: Rules['call-opened'] = (state, { at }) => go(state, 'open', { openedAt: at });

const muted: Rules['call-muted'] = (state, { muted }) =>
  muted === state.call.muted ? stay(state) : go(state, state.phase, { muted });

const mute: Rules['mute-requested'] = (state, { on }) =>
  on === state.call.muted ? stay(state) : stay(state, { type: 'mute', callId: state.call.callId, on });

const sendDigits: Rules['digits-requested'] = (state, { digits }) =>
  /^[0-9*#w]+$/.test(digits) ? stay(state, { type: 'sendDigits', callId: state.call.callId, digits }) : stay(state);

const hangUp: Rules['hang-up-requested'] = (state) =>
  go(state, 'ending', {}, { type: 'disconnect', callId: state.call.callId });

const failed: Rules['call-failed'] = (state, { at, problem }) =>
  end(state, at, { outcome: null, problem }, { type: 'disconnect', callId: state.call.callId });

/** What to believe when the service says nothing: the phone's verdict, else what this side saw. */
function believed(state: LiveState, verdict: Verdict): Verdict {
  const { openedAt } = state.call;
  const seen: Outcome | null = openedAt !== null ? 'answered' : state.phase === 'ending' ? 'canceled' : null;
  return { outcome: verdict.outcome ?? (verdict.problem && openedAt === null ? null : seen), problem: verdict.problem };
}

const ended: Rules['call-ended'] = (state, { callId, at, verdict }) => {
  if (state.call.endedAt !== null) return stay(state);
  const otherwise = believed(state, verdict);
  // Hung up before it rang: there is nothing to ask the carrier, and nothing to wait for.
  if (otherwise.outcome === 'canceled' && state.call.ringingAt === null) return end(state, at, otherwise);
  return go(state, 'ending', { endedAt: at }, { type: 'fetch-outcome', callId, otherwise });
};

/** Outcomes that say more than the phone's `carrier-refused`, which is all the signalling told it. */
const EXPLAINS: ReadonlySet<Outcome> = new Set(['busy', 'no-answer', 'declined', 'not-in-service']);

function judged(outcome: Outcome | null, otherwise: Verdict): Verdict {
  if (outcome === null) return otherwise;
  const explained = otherwise.problem?.code === 'carrier-refused' && EXPLAINS.has(outcome);
  return { outcome, problem: explained ? null : otherwise.problem };
}

const outcomeKnown: Rules['outcome-known'] = (state, { callId, at, outcome, otherwise }) =>
  end(
    state,
    at,
    judged(outcome, otherwise),
    ...(state.phase === 'ending' ? [] : [{ type: 'disconnect', callId } as const]),
  );

/** A refusal may arrive in two messages, of which the second says more: declined, after busy. */
const refined: Rules['outcome-known'] = (state, { outcome }) => {
  const more = outcome !== state.outcome && outcome && EXPLAINS.has(outcome);
  return more && state.outcome && EXPLAINS.has(state.outcome)
    ? [Object.freeze({ ...state, outcome }), NOTHING]
    : stay(state);
};

const whileLive: Rules = {
  'number-accepted': numberAccepted,
  'call-muted': muted,
  'hang-up-requested': hangUp,
  'call-failed': failed,
  'call-ended': ended,
  'outcome-known': outcomeKnown,
};

const TABLE: { readonly [P in Phase]: Rules } = {
  idle: { 'dial-requested': dial, 'dismiss-requested': dismiss },
  dialing: { ...whileLive, 'call-rang': rang, 'call-opened': opened },
  ringing: { ...whileLive, 'call-opened': opened, 'mute-requested': mute },
  incoming: {},
  open: {
    ...whileLive,
    'mute-requested': mute,
    'digits-requested': sendDigits,
    'connection-lost': (state) => go(state, 'reconnecting', {}),
  },
  reconnecting: {
    ...whileLive,
    'mute-requested': mute,
    'connection-restored': (state) => go(state, 'open', {}),
  },
  ending: { 'call-failed': failed, 'call-ended': ended, 'outcome-known': outcomeKnown },
  ended: { 'dial-requested': dial, 'dismiss-requested': dismiss, 'outcome-known': refined },
};

function isOfAnotherCall(state: DialerState, event: DialerEvent): boolean {
  return event.type !== 'dial-requested' && 'callId' in event && event.callId !== state.call?.callId;
}

/**
 * The whole behaviour of a call: from a state and an event to the next state and what is to be done about it.
 * Total: an event that a phase does not know, or that is of another call, leaves the very same state and does nothing.
 * A request is not a fact: `mute-requested` gives a command, and the state changes on `call-muted`.
 */
export function transition(state: DialerState, event: DialerEvent): Step {
  const rule = TABLE[state.phase][event.type];
  if (!rule || isOfAnotherCall(state, event)) return stay(state);
  // The table pairs each event type with the rule for it; the compiler cannot see that through an index.
  return rule(state as LiveState, event as never);
}
