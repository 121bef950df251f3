import type { CallRecord } from '../service/contract.ts';
import { uuidV7 } from './core/call-id.ts';
import { asciiDigits, parseDialString } from './core/dial-string.ts';
import type { Dialer, DialerSettings, DialOptions } from './core/dialer.ts';
import { NO_VERDICT, type Command, type DialerEvent, type Verdict } from './core/events.ts';
import type { CreatePhone, Phone } from './core/phone.ts';
import { problemOf } from './core/problem-error.ts';
import { IDLE, type DialerState, type Phase, type Problem } from './core/state.ts';
import { createStore, type Store } from './core/store.ts';
import { transition } from './core/transition.ts';
import type { NumberRules, NumberVerdict } from './phone/number-rules.ts';
import type { ServiceClient } from './service-client.ts';

/** Rules that are still on their way after this do not hold up a call: the service checks every number. */
const RULES_MS = 2000;

/** How often, and how far apart, the service is asked how a call ended when its stream does not say. */
const OUTCOME_ASKED = 3;
const OUTCOME_ASKED_MS = 1000;

/** How long after its end the service may still say more of a call. */
const AFTERWARDS_MS = 3000;

export interface DialerParts {
  client: ServiceClient;
  createPhone: CreatePhone;
  loadNumberRules: (country: string) => Promise<NumberRules>;
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}

function isLive(phase: Phase): boolean {
  return phase !== 'idle' && phase !== 'ended';
}

/** Joins store, phone and service: a method becomes an event, a command an act of the phone or of the service. */
export class ServiceDialer implements Dialer {
  readonly #country: string;
  readonly #client: ServiceClient;
  readonly #phone: Phone;
  readonly #store: Store<DialerState, DialerEvent>;
  readonly #load: () => Promise<NumberRules>;
  #rules: Promise<NumberRules | null> | undefined;
  #stopWatching: (() => void) | undefined;
  #afterwards: ReturnType<typeof setTimeout> | undefined;
  // Of the call in progress:
  #checked: Promise<NumberVerdict> | undefined;
  #digitsOnceOpen = '';
  #otherwise: Verdict = NO_VERDICT;

  constructor({ defaultCountry }: DialerSettings, { client, createPhone, loadNumberRules }: DialerParts) {
    this.#country = defaultCountry;
    this.#client = client;
    this.#load = () => loadNumberRules(defaultCountry);
    this.#store = createStore({
      initial: IDLE,
      transition,
      run: (command: Command) => this.#run(command),
      report: (error) => globalThis.reportError(error),
    });
    this.#store.subscribe((state) => this.#onChange(state));
    this.#phone = createPhone((fact) => this.#store.dispatch(fact));
  }

  getState(): DialerState {
    return this.#store.getState();
  }

  subscribe(listener: (state: DialerState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  dial(dialString: string, { name }: DialOptions = {}): void {
    if (isLive(this.getState().phase)) return;
    const { number, digits } = parseDialString(dialString);
    const at = Date.now();
    const callId = uuidV7(at, crypto.getRandomValues(new Uint8Array(16)));
    this.#digitsOnceOpen = digits;
    this.#otherwise = NO_VERDICT;
    this.#checked = this.#check(number);
    if (number) this.#phone.prepare();
    this.#store.dispatch({
      type: 'dial-requested',
      callId,
      number: number || dialString.trim(),
      name: name?.trim() || null,
      at,
    });
  }

  hangUp(): void {
    this.#store.dispatch({ type: 'hang-up-requested' });
  }

  mute(on: boolean): void {
    this.#store.dispatch({ type: 'mute-requested', on });
  }

  sendDigits(digits: string): void {
    this.#store.dispatch({ type: 'digits-requested', digits: asciiDigits(digits) });
  }

  dismiss(): void {
    this.#store.dispatch({ type: 'dismiss-requested' });
  }

  prepare(): void {
    void this.#loadRules();
    this.#phone.prepare();
  }

  close(): void {
    this.#phone.close();
    this.#unwatch();
  }

  #run(command: Command): void {
    const { callId } = command;
    switch (command.type) {
      case 'create-intent':
        void this.#onceChecked(callId, (to) => void this.#createIntent(callId, to, command.name));
        break;
      case 'connect':
        void this.#onceChecked(callId, () => this.#phone.connect(callId));
        break;
      case 'disconnect':
        this.#phone.disconnect(callId);
        break;
      case 'mute':
        this.#phone.mute(callId, command.on);
        break;
      case 'sendDigits':
        this.#phone.sendDigits(callId, command.digits);
        break;
      case 'fetch-outcome':
        void this.#fetchOutcome(callId, command.otherwise);
        break;
    }
  }

  #onChange({ phase }: DialerState): void {
    clearTimeout(this.#afterwards);
    if (isLive(phase)) this.#stopWatching ??= this.#watch();
    else this.#afterwards = setTimeout(() => this.#unwatch(), AFTERWARDS_MS);
    if (phase === 'open' && this.#digitsOnceOpen) {
      this.#store.dispatch({ type: 'digits-requested', digits: this.#digitsOnceOpen });
      this.#digitsOnceOpen = '';
    }
  }

  #loadRules(): Promise<NumberRules | null> {
    this.#rules ??= this.#load().catch(() => {
      this.#rules = undefined;
      return null;
    });
    return this.#rules;
  }

  async #check(number: string): Promise<NumberVerdict> {
    if (!number) return { problem: 'number-invalid' };
    const rules = await Promise.race([this.#loadRules(), after(RULES_MS)]);
    return rules ? rules(number) : { to: number };
  }

  /** Does something about a call once its number is found good, if the call is still wanted then. */
  async #onceChecked(callId: string, action: (to: string) => void): Promise<void> {
    const verdict = await this.#checked;
    const { phase, call } = this.getState();
    if (!verdict || phase !== 'dialing' || call?.callId !== callId) return;
    if ('to' in verdict) action(verdict.to);
    else this.#fail(callId, Object.freeze({ code: verdict.problem, carrierCode: null }));
  }

  #fail(callId: string, problem: Problem): void {
    this.#store.dispatch({ type: 'call-failed', callId, at: Date.now(), problem });
  }

  async #createIntent(callId: string, to: string, name: string | null): Promise<void> {
    try {
      const customer = name ? { customerName: name.slice(0, 200) } : {};
      const answer = await this.#client.requestDial({ callId, to, country: this.#country, ...customer });
      this.#store.dispatch({ type: 'number-accepted', callId, to: answer.to });
    } catch (error) {
      this.#fail(callId, problemOf(error));
    }
  }

  #watch(): () => void {
    let openedBefore = false;
    return this.#client.watchCalls({
      onCall: (record) => this.#onCall(record),
      onOpen: () => {
        // The first connection is made together with the call; a later one may have missed something of it.
        const { call } = this.getState();
        if (openedBefore && call) void this.#lookUp(call.callId);
        openedBefore = true;
      },
    });
  }

  #unwatch(): void {
    clearTimeout(this.#afterwards);
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #onCall({ callId, status, outcome }: CallRecord): void {
    if (this.getState().call?.callId !== callId) return;
    const at = Date.now();
    this.#phone.confirmReached(callId);
    if (status === 'ringing') this.#store.dispatch({ type: 'call-rang', callId, at });
    if (status === 'open') this.#store.dispatch({ type: 'call-opened', callId, at });
    if (status === 'ended') {
      this.#store.dispatch({ type: 'outcome-known', callId, at, outcome, otherwise: this.#otherwise });
    }
  }

  /** Takes in what the service knows of a call now; undefined when it knows of no such call. */
  async #lookUp(callId: string): Promise<CallRecord | null | undefined> {
    const record = await this.#client.getCall(callId).catch(() => null);
    if (record) this.#onCall(record);
    return record;
  }

  /** The stream says it as a rule; this is for when it does not. */
  async #fetchOutcome(callId: string, otherwise: Verdict): Promise<void> {
    this.#otherwise = otherwise;
    for (let asked = 0; asked < OUTCOME_ASKED; asked += 1) {
      const pause = after(OUTCOME_ASKED_MS);
      const record = await Promise.race([this.#lookUp(callId), pause]);
      if (record === undefined || this.getState().phase !== 'ending') break;
      await pause;
    }
    this.#store.dispatch({ type: 'outcome-known', callId, at: Date.now(), outcome: null, otherwise });
  }
}
