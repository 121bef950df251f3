import type { Audio, AudioRole, AudioState } from '../../../core/audio.ts';
import type {
  CallBack,
  CallBackList,
  CallBacks,
  Dialer,
  Disposition,
  RecentCall,
  WrapUpListener,
  WrapUpResult,
} from '../../../core/dialer.ts';
import { CHECK_STEPS, type CheckStep, type LineCheck, type LineCheckState } from '../../../core/line-check.ts';
import { IDLE, type DialerState } from '../../../core/state.ts';

/** Something with a state that a test puts it in, and that notes what it was asked. */
class Scripted<State> {
  readonly asked: unknown[][] = [];
  #state: State;
  readonly #listeners = new Set<(state: State) => void>();

  constructor(state: State) {
    this.#state = state;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  getState(): State {
    return this.#state;
  }

  subscribe(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  become(change: Partial<State>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    for (const listener of this.#listeners) listener(this.#state);
  }

  protected note(...asked: unknown[]): void {
    this.asked.push(asked);
  }
}

export const HEADSETS: Pick<AudioState, 'microphones' | 'speakers'> = {
  microphones: [
    { id: 'default', label: 'Default: Jabra Evolve 20' },
    { id: 'm1', label: 'Jabra Evolve 20' },
    { id: 'm2', label: 'Built-in microphone' },
  ],
  speakers: [
    { id: 'default', label: 'Default: Jabra Evolve 20' },
    { id: 's1', label: 'Built-in speakers' },
  ],
};

export class ScriptedAudio extends Scripted<AudioState> implements Audio {
  constructor(state: Partial<AudioState> = {}) {
    super({
      ...HEADSETS,
      chosen: { microphone: 'm1', speaker: 'default', ringer: 's1' },
      canChooseSpeaker: true,
      ringVolume: 0.6,
      notifications: 'off',
      testing: false,
      level: 0,
      problem: null,
      ...state,
    });
  }

  choose = (role: AudioRole, id: string) => this.note('choose', role, id);
  setRingVolume = (volume: number) => this.note('setRingVolume', volume);
  setNotifications = (on: boolean) => this.note('setNotifications', on);
  testMicrophone = (on: boolean) => this.note('testMicrophone', on);
  playTest = (role: 'speaker' | 'ringer') => this.note('playTest', role);
  close = () => this.note('close');
}

/** All steps in one status, but for those given. */
export function steps(
  status: CheckStep['status'],
  others: Readonly<Record<string, Partial<CheckStep>>> = {},
): readonly CheckStep[] {
  return CHECK_STEPS.map((id) => ({ id, status, problem: null, detail: '', ...others[id] }));
}

export class ScriptedLineCheck extends Scripted<LineCheckState> implements LineCheck {
  constructor() {
    super({ verdict: 'running', steps: steps('waiting', { 'secure-page': { status: 'running' } }), measured: null });
  }

  close = () => this.note('close');
}

export const DISPOSITIONS: readonly Disposition[] = [
  { id: 'sold', label: { en: 'Sold', ar: 'اشترى' } },
  { id: 'call-back', label: { en: 'Call back later', ar: 'نكلمه بعدين' } },
  { id: 'not-interested', label: { en: 'Not interested', ar: 'مش مهتم' } },
  { id: 'wrong-number', label: { en: 'Wrong number', ar: 'رقم غلط' } },
];

/** Call-backs, and `more` that are not among them. */
export function listOf(calls: readonly CallBack[], more = 0): CallBackList {
  return { calls, total: calls.length + more, due: 0 };
}

/** A promise that a test settles when it likes. */
export interface Answer<Value> {
  readonly promise: Promise<Value>;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

/** The dialer as panels know it; the rest of it must not be touched. */
export class ScriptedPanelDialer extends Scripted<DialerState> {
  readonly audioPort = new ScriptedAudio();
  readonly lineCheck = new ScriptedLineCheck();
  /** The answers still owed, oldest first. */
  readonly recents: Answer<readonly RecentCall[]>[] = [];
  readonly callBackLists: Answer<CallBackList>[] = [];
  /** How many were asked for, each time. */
  readonly callBacksWanted: (number | undefined)[] = [];
  readonly callBackListeners = new Set<() => void>();
  readonly outcomes: Answer<readonly Disposition[]>[] = [];
  readonly saves: Answer<WrapUpResult>[] = [];
  /** Who is to be told what is kept of a call. */
  readonly wrapUpListeners = new Set<WrapUpListener>();
  readonly audios: Answer<Audio>[] = [];
  readonly checks: Answer<LineCheck>[] = [];

  constructor(state: Partial<DialerState> = {}) {
    super({ ...IDLE, ...state });
  }

  recentCalls = () => this.#owe(this.recents);
  callBacks = (): Promise<CallBacks> =>
    Promise.resolve({
      list: (count) => {
        this.callBacksWanted.push(count);
        return this.#owe(this.callBackLists);
      },
      setDone: (...args) => Promise.resolve(this.note('setDone', ...args)),
      setTime: (...args) => Promise.resolve(this.note('setTime', ...args)),
      watch: (listener) => {
        this.callBackListeners.add(listener);
        return () => this.callBackListeners.delete(listener);
      },
    });
  dispositions = () => this.#owe(this.outcomes);
  audio = () => this.#owe(this.audios);
  checkLine = () => this.#owe(this.checks);
  watchWrapUp: Dialer['watchWrapUp'] = (_callId, listener) => {
    this.wrapUpListeners.add(listener);
    return Promise.resolve(() => this.wrapUpListeners.delete(listener));
  };
  saveWrapUp: Dialer['saveWrapUp'] = (callId, wrapUp) => {
    this.note('saveWrapUp', callId, wrapUp);
    return this.#owe(this.saves);
  };

  #owe<Value>(answers: Answer<Value>[]): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    answers.push({ promise, resolve, reject });
    return promise;
  }
}
