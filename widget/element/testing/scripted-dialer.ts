import type { Audio } from '../../core/audio.ts';
import type { Dialer, DialerSettings, Disposition, RecentCall, WrapUpResult } from '../../core/dialer.ts';
import type { LineCheck } from '../../core/line-check.ts';
import { IDLE, type Call, type DialerState, type Phase } from '../../core/state.ts';

/** A Dialer for tests: notes what it was asked, and is in the state that the test puts it in. */
export class ScriptedDialer implements Dialer {
  readonly settings: DialerSettings;
  readonly asked: unknown[][] = [];
  /** What the promises answer. */
  recent: readonly RecentCall[] = [];
  labels: readonly Disposition[] = [];
  wrapUpResult: WrapUpResult = 'saved';
  devices: Audio | undefined;
  check: LineCheck | undefined;
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
  readonly answer: Dialer['answer'] = (callId) => void this.asked.push(['answer', callId]);
  readonly decline: Dialer['decline'] = (callId) => void this.asked.push(['decline', callId]);
  readonly silence: Dialer['silence'] = () => void this.asked.push(['silence']);
  readonly hangUp: Dialer['hangUp'] = () => void this.asked.push(['hangUp']);
  readonly mute: Dialer['mute'] = (on) => void this.asked.push(['mute', on]);
  readonly sendDigits: Dialer['sendDigits'] = (digits) => void this.asked.push(['sendDigits', digits]);
  readonly prepare: Dialer['prepare'] = () => void this.asked.push(['prepare']);
  readonly close: Dialer['close'] = () => void this.asked.push(['close']);
  readonly setAvailable: Dialer['setAvailable'] = (on) => void this.asked.push(['setAvailable', on]);
  readonly takeOver: Dialer['takeOver'] = () => void this.asked.push(['takeOver']);
  readonly dismissNotice: Dialer['dismissNotice'] = () => void this.asked.push(['dismissNotice']);
  readonly nameCustomer: Dialer['nameCustomer'] = (...args) => void this.asked.push(['nameCustomer', ...args]);
  readonly dismiss: Dialer['dismiss'] = () => {
    this.asked.push(['dismiss']);
    this.become(IDLE);
  };

  async saveWrapUp(...args: Parameters<Dialer['saveWrapUp']>): Promise<WrapUpResult> {
    this.asked.push(['saveWrapUp', ...args]);
    return this.wrapUpResult;
  }

  async openPhoneWindow(language: string): Promise<boolean> {
    this.asked.push(['openPhoneWindow', language]);
    return true;
  }

  async recentCalls(): Promise<readonly RecentCall[]> {
    return this.recent;
  }

  async dispositions(): Promise<readonly Disposition[]> {
    return this.labels;
  }

  async audio(): Promise<Audio> {
    if (!this.devices) throw new Error('This test has no devices.');
    return this.devices;
  }

  async checkLine(): Promise<LineCheck> {
    if (!this.check) throw new Error('This test has no line check.');
    return this.check;
  }
}

const RANG: readonly Phase[] = ['ringing', 'incoming', 'open', 'reconnecting', 'ending', 'ended'];
const OPENED: readonly Phase[] = ['open', 'reconnecting', 'ending', 'ended'];

/** A believable call in a phase: made 135 s ago, answered 125 s ago if the phase comes after an answer. */
function callIn(phase: Phase, change: Partial<Call>): Call {
  const startedAt = Date.now() - 135_000;
  return Object.freeze({
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
