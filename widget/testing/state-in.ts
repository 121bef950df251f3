import { IDLE, type Call, type DialerState, type Phase } from '../core/state.ts';

const RANG: readonly Phase[] = ['ringing', 'incoming', 'open', 'reconnecting', 'ending', 'ended'];
const OPENED: readonly Phase[] = ['open', 'reconnecting', 'ending', 'ended'];

/** For tests: a believable state of a phase, of a call made 135 s ago and answered 125 s ago if the phase comes after an answer. */
export function stateIn(phase: Phase, call: Partial<Call> = {}, rest: Partial<DialerState> = {}): DialerState {
  if (phase === 'idle') return { ...IDLE, ...rest };
  const startedAt = Date.now() - 135_000;
  const made: Call = {
    callId: '01931b4e-7c00-7000-8000-000000000001',
    direction: phase === 'incoming' ? 'incoming' : 'outgoing',
    number: '+201001234501',
    name: 'منى السيد',
    muted: false,
    accepting: false,
    recording: false,
    startedAt,
    ringingAt: RANG.includes(phase) ? startedAt + 1000 : null,
    openedAt: OPENED.includes(phase) ? startedAt + 10_000 : null,
    endedAt: phase === 'ended' ? startedAt + 135_000 : null,
    ...call,
  };
  return {
    ...IDLE,
    phase,
    call: Object.freeze(made),
    outcome: phase === 'ended' ? 'answered' : null,
    ...rest,
  };
}
