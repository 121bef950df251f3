import type { Command, DialerEvent, Step, Verdict } from './events.ts';
import { IDLE, type Call, type DialerState, type Outcome, type Phase } from './state.ts';
import { QUALITY_WARNINGS } from './reach.ts';
import { ofWaiting, promoted } from './waiting-call.ts';

type EventType = DialerEvent['type'];
type EventOf<T extends EventType> = Extract<DialerEvent, { type: T }>;
type LiveState = DialerState & { readonly call: Call };

/** What a phase does on the events it knows. Only `idle` has no call, and its rules do not look at one. */
type Rules = { readonly [T in EventType]?: (state: LiveState, event: EventOf<T>) => Step };

const NOTHING: readonly Command[] = Object.freeze([]);
const NO_WARNINGS: DialerState['warnings'] = IDLE.warnings;

function stay(state: DialerState, ...commands: Command[]): Step {
  return [state, commands.length > 0 ? commands : NOTHING];
}

function become(state: DialerState, change: Partial<DialerState>, ...commands: Command[]): Step {
  return [Object.freeze({ ...state, ...change }), commands.length > 0 ? commands : NOTHING];
}

function go(state: LiveState, phase: Phase, change: Partial<Call>, ...commands: Command[]): Step {
  return become(state, { phase, call: Object.freeze({ ...state.call, ...change }) }, ...commands);
}

/** The very same state where nothing of it is new. */
function learn(state: LiveState, facts: Partial<Call>): Step {
  const isKnown = Object.entries(facts).every(([name, fact]) => fact === state.call[name as keyof Call]);
  return isKnown ? stay(state) : go(state, state.phase, facts);
}

/** No call any more; what the phone says beside it stays. */
function rest(state: DialerState): Step {
  return become(state, { phase: 'idle', call: null, outcome: null, problem: null, warnings: NO_WARNINGS });
}

function end(state: LiveState, at: number, { outcome, problem }: Verdict, ...commands: Command[]): Step {
  const call = Object.freeze({ ...state.call, accepting: false, endedAt: state.call.endedAt ?? at });
  return become(state, { phase: 'ended', call, outcome, problem, warnings: NO_WARNINGS }, ...commands);
}

type NewCall = Pick<Call, 'callId' | 'direction' | 'number' | 'name' | 'startedAt' | 'ringingAt'>;

function newCall(call: NewCall & Partial<Pick<Call, 'line' | 'record'>>): Call {
  const nothingYet = {
    line: null,
    record: true,
    muted: false,
    accepting: false,
    recording: false,
    recordingPaused: false,
    openedAt: null,
    endedAt: null,
  };
  return Object.freeze({ ...nothingYet, ...call });
}

const dial: Rules['dial-requested'] = (state, { callId, number, name, record, at }) => {
  const call = newCall({ callId, direction: 'outgoing', number, name, record, startedAt: at, ringingAt: null });
  // Neither waits for the other: the carrier asks the service for the intent, which arrives meanwhile. The intent is
  // made while the microphone opens.
  const commands: Command[] = [
    { type: 'connect', callId },
    { type: 'create-intent', callId, name, record },
  ];
  return become(state, { phase: 'dialing', call, missed: IDLE.missed, outcome: null, problem: null }, ...commands);
};

function arrivedCall({ callId, number, name, line, at }: EventOf<'call-arrived'>): Call {
  return newCall({ callId, direction: 'incoming', number, name, line, startedAt: at, ringingAt: at });
}

const arrived: Rules['call-arrived'] = (state, event) =>
  become(state, { phase: 'incoming', call: arrivedCall(event), outcome: null, problem: null });

/** There is room for one that waits: a third would ring on with nothing to see, and goes on to whoever is next. */
const arrivedDuringCall: Rules['call-arrived'] = (state, event) => {
  const { callId } = event;
  if (callId === state.call.callId || callId === state.waiting?.callId) return stay(state);
  return state.waiting ? stay(state, { type: 'reject', callId }) : become(state, { waiting: arrivedCall(event) });
};

const resumed: Rules['call-resumed'] = (state, { call }) =>
  become(state, { phase: 'reconnecting', call: Object.freeze(call), outcome: null, problem: null });

const dismiss: Rules['dismiss-requested'] = (state) => (state.problem || state.call ? rest(state) : stay(state));

const numberAccepted: Rules['number-accepted'] = (state, { to, line }) => learn(state, { number: to, line });

const customerKnown: Rules['customer-known'] = (state, { name }) => learn(state, { name });

const recordingChanged: Rules['recording-changed'] = (state, { recording, recordingPaused }) =>
  learn(state, { recording, recordingPaused });

const rang: Rules['call-rang'] = (state, { at }) => go(state, 'ringing', { ringingAt: at });

const opened: Rules['call-opened'] = (state, { at }) => go(state, 'open', { openedAt: at, accepting: false });

const muted: Rules['call-muted'] = (state, { muted }) => learn(state, { muted });

const mute: Rules['mute-requested'] = (state, { on }) =>
  on === state.call.muted ? stay(state) : stay(state, { type: 'mute', callId: state.call.callId, on });

const sendDigits: Rules['digits-requested'] = (state, { digits }) =>
  /^[0-9*#w]+$/.test(digits) ? stay(state, { type: 'sendDigits', callId: state.call.callId, digits }) : stay(state);

const hangUp: Rules['hang-up-requested'] = (state) =>
  go(state, 'ending', {}, { type: 'disconnect', callId: state.call.callId });

const accept: Rules['answer-requested'] = (state) =>
  state.call.accepting
    ? stay(state)
    : go(state, 'incoming', { accepting: true }, { type: 'accept', callId: state.call.callId });

const reject: Rules['decline-requested'] = (state) =>
  state.call.accepting ? stay(state) : stay(state, { type: 'reject', callId: state.call.callId });

/** To hang up on a call that is not answered yet is to decline it. */
const hangUpIncoming: Rules['hang-up-requested'] = (state, event) =>
  state.call.accepting ? hangUp(state, event) : stay(state, { type: 'reject', callId: state.call.callId });

const failed: Rules['call-failed'] = (state, { at, problem }) =>
  end(state, at, { outcome: null, problem }, { type: 'disconnect', callId: state.call.callId });

const warningsChanged: Rules['warnings-changed'] = (state, { warnings }) =>
  become(state, { warnings: Object.freeze(QUALITY_WARNINGS.filter((warning) => warnings.includes(warning))) });

/** What to believe when the service says nothing: the phone's verdict, else what this side saw. */
function believed(state: LiveState, verdict: Verdict): Verdict {
  const { openedAt, direction } = state.call;
  const given = direction === 'incoming' ? 'missed' : state.phase === 'ending' ? 'canceled' : null;
  const seen: Outcome | null = openedAt !== null ? 'answered' : given;
  return { outcome: verdict.outcome ?? (verdict.problem && openedAt === null ? null : seen), problem: verdict.problem };
}

const ended: Rules['call-ended'] = (state, { callId, at, verdict }) => {
  if (state.call.endedAt !== null) return stay(state);
  const otherwise = believed(state, verdict);
  // Hung up before it rang: there is nothing to ask the carrier, and nothing to wait for.
  if (otherwise.outcome === 'canceled' && state.call.ringingAt === null) return end(state, at, otherwise);
  return go(state, 'ending', { endedAt: at }, { type: 'fetch-outcome', callId, otherwise });
};

/** A call that was declined here is done with; one that nobody took stays on show until it is read. */
const endedUnanswered: Rules['call-ended'] = (state, { at, verdict }) =>
  verdict.outcome === 'declined' ? rest(state) : end(state, at, believed(state, verdict));

const taken: Rules['call-taken'] = (state) => (state.call.accepting ? stay(state) : rest(state));

/** The phone stops ringing before it is known why. */
const takenAfterAll: Rules['call-taken'] = (state) => (state.outcome === 'missed' ? rest(state) : stay(state));

/** Outcomes that say more than the phone's `carrier-refused`, which is all the signalling told it. */
const EXPLAINS: ReadonlySet<Outcome> = new Set([
  'busy',
  'no-answer',
  'declined',
  'not-in-service',
  'missed',
  'voicemail',
]);

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

/** An end may be told in two messages, of which the second says more: declined, after busy; a message was left. */
const refined: Rules['outcome-known'] = (state, { outcome }) => {
  const more = outcome !== state.outcome && outcome && EXPLAINS.has(outcome);
  return more && state.outcome && EXPLAINS.has(state.outcome) ? become(state, { outcome }) : stay(state);
};

/** Known in every phase, and of no call or of any. */
const always: Rules = {
  'silence-requested': (state) =>
    state.ring === 'on' || state.ring === 'blocked' ? stay(state, { type: 'silence' }) : stay(state),
  'ring-changed': (state, { ring }) => (ring === state.ring ? stay(state) : become(state, { ring })),
  'reach-changed': (state, { reach, problem }) =>
    reach === state.reach && problem === state.reachProblem
      ? stay(state)
      : become(state, { reach, reachProblem: problem }),
  'device-changed': (state, { notice }) => become(state, { notice: Object.freeze(notice) }),
  'notice-dismissed': (state) => (state.notice ? become(state, { notice: null }) : stay(state)),
};

const withoutCall: Rules = {
  ...always,
  'dial-requested': dial,
  'dismiss-requested': dismiss,
  'call-arrived': arrived,
  'call-resumed': resumed,
};

const withCall: Rules = {
  ...always,
  'call-arrived': arrivedDuringCall,
  'customer-known': customerKnown,
  'call-failed': failed,
  'outcome-known': outcomeKnown,
};

const whileLive: Rules = {
  ...withCall,
  'number-accepted': numberAccepted,
  'recording-changed': recordingChanged,
  'call-muted': muted,
  'hang-up-requested': hangUp,
  'call-ended': ended,
};

const TABLE: { readonly [P in Phase]: Rules } = {
  idle: withoutCall,
  dialing: { ...whileLive, 'call-rang': rang, 'call-opened': opened },
  ringing: { ...whileLive, 'call-opened': opened, 'mute-requested': mute },
  incoming: {
    ...withCall,
    'answer-requested': accept,
    'decline-requested': reject,
    'hang-up-requested': hangUpIncoming,
    'call-opened': opened,
    'call-ended': endedUnanswered,
    'call-taken': taken,
  },
  open: {
    ...whileLive,
    'mute-requested': mute,
    'digits-requested': sendDigits,
    'connection-lost': (state) => go(state, 'reconnecting', {}),
    'warnings-changed': warningsChanged,
  },
  reconnecting: {
    ...whileLive,
    'mute-requested': mute,
    'connection-restored': (state) => go(state, 'open', {}),
    'warnings-changed': warningsChanged,
  },
  ending: { ...withCall, 'call-ended': ended },
  ended: {
    ...withoutCall,
    'customer-known': customerKnown,
    'outcome-known': refined,
    'call-taken': takenAfterAll,
  },
};

/** Events that make a call of their own, or are about none in particular. */
const OF_NO_CALL: ReadonlySet<EventType> = new Set(['dial-requested', 'call-arrived', 'call-resumed']);

function isOfAnotherCall(state: DialerState, event: DialerEvent): boolean {
  const callId = 'callId' in event ? event.callId : undefined;
  return callId !== undefined && !OF_NO_CALL.has(event.type) && callId !== state.call?.callId;
}

/**
 * The whole behaviour of a call: from a state and an event to the next state and what is to be done about it.
 * Total: an event that a phase does not know, or that is of another call, leaves the very same state and does nothing.
 * A request is not a fact: `mute-requested` gives a command, and the state changes on `call-muted`.
 */
export function transition(state: DialerState, event: DialerEvent): Step {
  const waited = ofWaiting(state, event);
  if (waited) return promoted(waited);
  const rule = TABLE[state.phase][event.type];
  if (!rule || isOfAnotherCall(state, event)) return stay(state);
  // The table pairs each event type with the rule for it; the compiler cannot see that through an index.
  return promoted(rule(state as LiveState, event as never));
}
