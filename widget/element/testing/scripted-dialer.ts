import type { Audio } from '../../core/audio.ts';
import type {
  CallerId,
  CallerIds,
  CallBack,
  CallBackList,
  CallBacks,
  Dialer,
  DialerSettings,
  Disposition,
  RecentCall,
  RecordingPauseResult,
  WrapUpListener,
  WrapUpResult,
} from '../../core/dialer.ts';
import type { LineCheck } from '../../core/line-check.ts';
import { IDLE, type DialerState } from '../../core/state.ts';
import type { HomeForm } from '../../core/home-form.ts';

/** The numbers that the agent may show, kept for one test. */
export class ScriptedCallerIds implements CallerIds {
  /** How often the list was asked for. */
  asked = 0;
  numbers: readonly CallerId[] = [];
  #chosen: string | null = null;
  readonly #listeners = new Set<() => void>();

  chosen(): string | null {
    return this.#chosen;
  }

  /** Somebody listens. */
  get followed(): boolean {
    return this.#listeners.size > 0;
  }

  choose(number: string | null): void {
    this.#chosen = number;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A Dialer for tests: notes what it was asked, and is in the state that the test puts it in. */
export class ScriptedDialer implements Dialer {
  readonly settings: DialerSettings;
  readonly asked: unknown[][] = [];
  /** What the promises answer. */
  recent: readonly RecentCall[] = [];
  toCallBack: readonly CallBack[] = [];
  /** Where there are more than those. */
  callBackCounts: Partial<Pick<CallBackList, 'total' | 'due'>> = {};
  /** Who is to be told that `toCallBack` is another. */
  readonly callBackListeners = new Set<() => void>();
  /** Who is to be told what is kept of a call. */
  readonly wrapUpListeners = new Set<WrapUpListener>();
  labels: readonly Disposition[] = [];
  readonly callerIdChoice = new ScriptedCallerIds();
  wrapUpResult: WrapUpResult = 'saved';
  pauseResult: Promise<RecordingPauseResult> = Promise.resolve('done');
  devices: Audio | undefined;
  /** Who is to be told how loud the agent is. */
  readonly levels = new Set<(level: number) => void>();
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

  async watchWrapUp(_callId: string, listener: WrapUpListener): Promise<() => void> {
    this.wrapUpListeners.add(listener);
    return () => this.wrapUpListeners.delete(listener);
  }

  pauseRecording(on: boolean): Promise<RecordingPauseResult> {
    this.asked.push(['pauseRecording', on]);
    return this.pauseResult;
  }

  async openPhoneWindow(language: string): Promise<boolean> {
    this.asked.push(['openPhoneWindow', language]);
    return true;
  }

  async recentCalls(): Promise<readonly RecentCall[]> {
    return this.recent;
  }

  async callBacks(): Promise<CallBacks> {
    return {
      list: () => {
        const calls = this.toCallBack;
        const due = calls.filter(({ dueAt }) => dueAt <= Date.now()).length;
        return Promise.resolve({ calls, total: calls.length, due, ...this.callBackCounts });
      },
      setDone: (...args) => Promise.resolve(void this.asked.push(['setDone', ...args])),
      setTime: (...args) => Promise.resolve(void this.asked.push(['setTime', ...args])),
      watch: (listener) => {
        this.callBackListeners.add(listener);
        return () => this.callBackListeners.delete(listener);
      },
    };
  }

  async dispositions(): Promise<readonly Disposition[]> {
    return this.labels;
  }

  async callerIds(): Promise<CallerIds> {
    this.callerIdChoice.asked += 1;
    return this.callerIdChoice;
  }

  /** No number is one of home. */
  async homeForm(): Promise<HomeForm> {
    return { write: () => undefined, read: () => undefined };
  }

  watchLevel(listener: (level: number) => void): Promise<() => void> {
    this.levels.add(listener);
    return Promise.resolve(() => void this.levels.delete(listener));
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

export { stateIn, waitingCall } from '../../testing/state-in.ts';
