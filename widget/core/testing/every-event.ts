import { NO_VERDICT, type Command, type DialerEvent } from '../events.ts';
import { IDLE, type Call, type DialerState, type Phase, type Problem } from '../state.ts';
import { transition } from '../transition.ts';

export const LOST: Problem = { code: 'connection-lost', carrierCode: 53001 };
export const REFUSED: Problem = { code: 'carrier-refused', carrierCode: 31603 };
export const DIAL: DialerEvent = {
  type: 'dial-requested',
  callId: 'a',
  number: '010',
  name: 'منى',
  record: true,
  at: 1,
};

const RESUMED: Call = Object.freeze({
  callId: 'r',
  direction: 'outgoing',
  number: '+2013',
  name: null,
  line: null,
  record: true,
  muted: false,
  accepting: false,
  recording: false,
  recordingPaused: false,
  startedAt: 0,
  ringingAt: 0,
  openedAt: 1,
  endedAt: null,
});

/** One event of each type, about call `a`. */
export const EVENTS: { [T in DialerEvent['type']]: Extract<DialerEvent, { type: T }> } = {
  'dial-requested': { type: 'dial-requested', callId: 'b', number: '011', name: null, record: true, at: 2 },
  'hang-up-requested': { type: 'hang-up-requested' },
  'mute-requested': { type: 'mute-requested', on: true },
  'digits-requested': { type: 'digits-requested', digits: '12w#' },
  'dismiss-requested': { type: 'dismiss-requested' },
  'call-rang': { type: 'call-rang', callId: 'a', at: 3 },
  'call-opened': { type: 'call-opened', callId: 'a', at: 4 },
  'call-muted': { type: 'call-muted', callId: 'a', muted: true },
  'connection-lost': { type: 'connection-lost', callId: 'a' },
  'connection-restored': { type: 'connection-restored', callId: 'a' },
  'call-ended': { type: 'call-ended', callId: 'a', at: 5, verdict: NO_VERDICT },
  'call-failed': { type: 'call-failed', callId: 'a', at: 6, problem: LOST },
  'number-accepted': { type: 'number-accepted', callId: 'a', to: '+2010', line: '+2022' },
  'outcome-known': { type: 'outcome-known', callId: 'a', at: 7, outcome: 'answered', otherwise: NO_VERDICT },
  'answer-requested': { type: 'answer-requested' },
  'decline-requested': { type: 'decline-requested' },
  'silence-requested': { type: 'silence-requested' },
  'notice-dismissed': { type: 'notice-dismissed' },
  'call-arrived': { type: 'call-arrived', callId: 'w', number: '+2012', name: null, line: '+202', at: 2 },
  'call-resumed': { type: 'call-resumed', call: RESUMED },
  'ring-changed': { type: 'ring-changed', ring: 'on' },
  'reach-changed': { type: 'reach-changed', reach: 'ready' },
  'warnings-changed': { type: 'warnings-changed', callId: 'a', warnings: ['choppy'] },
  'device-changed': { type: 'device-changed', notice: { code: 'microphone-lost', device: 'Built-in' } },
  'customer-known': { type: 'customer-known', callId: 'a', name: 'هدى' },
  'recording-changed': { type: 'recording-changed', callId: 'a', recording: true, recordingPaused: false },
  'call-taken': { type: 'call-taken', callId: 'a' },
};
const E = EVENTS;

export function run(events: DialerEvent[], from: DialerState = IDLE): { state: DialerState; commands: Command[] } {
  const commands: Command[] = [];
  let state = from;
  for (const event of events) {
    const [next, more] = transition(state, event);
    state = next;
    commands.push(...more);
  }
  return { state, commands };
}

export const PATHS: { [P in Phase]: DialerEvent[] } = {
  idle: [],
  incoming: [{ ...E['call-arrived'], callId: 'a', at: 1 }],
  dialing: [DIAL],
  ringing: [DIAL, E['call-rang']],
  open: [DIAL, E['call-opened']],
  reconnecting: [DIAL, E['call-opened'], E['connection-lost']],
  ending: [DIAL, E['call-rang'], E['hang-up-requested']],
  ended: [DIAL, E['call-rang'], E['outcome-known']],
};

export function stateIn(phase: Phase): DialerState {
  return run(PATHS[phase]).state;
}
