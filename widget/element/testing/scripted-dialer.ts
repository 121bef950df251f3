import type { Dialer, DialerSettings } from '../../core/dialer.ts';
import { IDLE, type Call, type DialerState, type Phase } from '../../core/state.ts';

/** A Dialer for tests: notes what it was asked, and is in the state that the test puts it in. */
export class ScriptedDialer implements Dialer {
  readonly settings: DialerSettings;
  readonly asked: unknown[][] = [];
  #state = IDLE;
  readonly #listeners = new Set<(state: DialerState) => void>();

  constructor(settings: DialerSettings) {
    this.settings = settings;
  }

  getState(): DialerState {
    return this.#state;
  }

  subscribe(listener: (state: DialerState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts the dialer in a state and tells whoever listens. */
  become(state: DialerState): void {
    this.#state = Object.freeze(state);
    for (const listener of this.#listeners) listener(this.#state);
  }

  readonly dial: Dialer['dial'] = (...args) => void this.asked.push(['dial', ...args]);
  readonly hangUp: Dialer['hangUp'] = () => void this.asked.push(['hangUp']);
  readonly mute: Dialer['mute'] = (on) => void this.asked.push(['mute', on]);
  readonly sendDigits: Dialer['sendDigits'] = (digits) => void this.asked.push(['sendDigits', digits]);
  readonly prepare: Dialer['prepare'] = () => void this.asked.push(['prepare']);
  readonly close: Dialer['close'] = () => void this.asked.push(['close']);
  readonly dismiss: Dialer['dismiss'] = () => {
    this.asked.push(['dismiss']);
    this.become(IDLE);
  };
}

const RANG: readonly Phase[] = ['ringing', 'open', 'reconnecting', 'ending', 'ended'];
const OPENED: readonly Phase[] = ['open', 'reconnecting', 'ending', 'ended'];

/** A believable state of a phase: a call made 135 s ago, answered 125 s ago if the phase comes after an answer. */
export function stateIn(phase: Phase, call: Partial<Call> = {}, rest: Partial<DialerState> = {}): DialerState {
  if (phase === 'idle') return { ...IDLE, ...rest };
  const startedAt = Date.now() - 135_000;
  const made: Call = {
    callId: '01931b4e-7c00-7000-8000-000000000001',
    direction: phase === 'incoming' ? 'incoming' : 'outgoing',
    number: '+201001234501',
    name: 'منى السيد',
    muted: false,
    startedAt,
    ringingAt: RANG.includes(phase) ? startedAt + 1000 : null,
    openedAt: OPENED.includes(phase) ? startedAt + 10_000 : null,
    endedAt: phase === 'ended' ? startedAt + 135_000 : null,
    ...call,
  };
  return { phase, call: Object.freeze(made), outcome: phase === 'ended' ? 'answered' : null, problem: null, ...rest };
}
