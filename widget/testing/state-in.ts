import { IDLE, type Call, type DialerState, type Phase } from '../core/state.ts';

const RANG: readonly Phase[] = ['ringing', 'incoming', 'open', 'reconnecting', 'ending', 'ended'];
const OPENED: readonly Phase[] = ['open', 'reconnecting', 'ending', 'ended'];

/** For tests: a believable call in a phase, made 135 s ago, answered 125 s ago if the phase comes after an answer. */
export function callIn(phase: Phase, change: Partial<Call> = {}): Call {
  const startedAt = Date.now() - 135_000;
  return Object.freeze({
    callId: '01931b4e-7c00-7000-8000-000000000001',
    direction: phase === 'incoming' ? 'incoming' : 'outgoing',
    number: '+201001234501',
    name: 'منى السيد',
    line: null,
    record: true,
    muted: false,
    accepting: false,
    recording: false,
    recordingPaused: false,
    startedAt,
    ringingAt: RANG.includes(phase) ? startedAt + 1000 : null,
    openedAt: OPENED.includes(phase) ? startedAt + 10_000 : null,
    endedAt: phase === 'ended' ? startedAt + 135_000 : null,
    ...change,
  });
}

/** A second customer, who calls while the agent has a call. */
export function waitingCall(change: Partial<Call> = {}): Call {
  const second = { callId: '01931b4e-7c00-7000-8000-000000000002', number: '+201112345602', name: 'Karim Adel' };
  return callIn('incoming', { ...second, ...change });
}

/** A believable state of a phase. */
export function stateIn(phase: Phase, call: Partial<Call> = {}, rest: Partial<DialerState> = {}): DialerState {
  if (phase === 'idle') return { ...IDLE, ...rest };
  const outcome = phase === 'ended' ? 'answered' : null;
  const ring = phase === 'incoming' ? 'on' : 'off';
  return { ...IDLE, ring, phase, call: callIn(phase, call), outcome, ...rest };
}
