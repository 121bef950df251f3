import { asciiDigits, parseDialString } from './core/dial-string.ts';
import type { Handset, DialerSettings, DialOptions } from './core/dialer.ts';
import type { Command, DialerEvent, PhoneFact } from './core/events.ts';
import type { CreatePhone, Phone, SavedCall } from './core/phone.ts';
import { problemOf } from './core/problem-error.ts';
import { reachInWrapUp, type Reach } from './core/reach.ts';
import { IDLE, isLive, type DialerState, type Problem, type ProblemCode } from './core/state.ts';
import { createStore, type Store } from './core/store.ts';
import { transition } from './core/transition.ts';
import { CarrierNews } from './carrier-news.ts';
import { newId } from './new-id.ts';
import type { NumberRules, NumberVerdict } from './phone/number-rules.ts';
import type { CallKeeper } from './saved-call.ts';
import type { ServiceClient } from './service-client.ts';
import type { ServiceFeed } from './service-feed.ts';

/** Rules that are still on their way after this do not hold up a call: the service checks every number. */
const RULES_MS = 2000;

/** Ends that the carrier may not have noticed. */
const LOST: ReadonlySet<ProblemCode | undefined> = new Set(['connection-lost', 'media-lost']);

export interface DialerParts {
  client: ServiceClient;
  feed: ServiceFeed;
  createPhone: CreatePhone;
  loadNumberRules: (country: string) => Promise<NumberRules>;
  keeper: CallKeeper;
  /** Where it is heard that the page is being left: the window. */
  page: EventTarget;
  /** Customers' calls may ring here; else the agent is away. */
  available: boolean;
}

/** What the service is told of a call that is wanted. */
type Asked = Extract<Command, { type: 'create-intent' }>;

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}

/** Joins store, phone and service: a method becomes an event, a command an act of the phone or of the service. */
export class ServiceDialer implements Handset {
  readonly #settings: DialerSettings;
  readonly #client: ServiceClient;
  readonly #phone: Phone;
  readonly #store: Store<DialerState, DialerEvent>;
  readonly #news: CarrierNews;
  readonly #load: () => Promise<NumberRules>;
  readonly #keeper: CallKeeper;
  readonly #page: EventTarget;
  #available: boolean;
  #reach: Reach = IDLE.reach;
  #reachProblem: ProblemCode | undefined;
  /** A call that the agent was available again from before it was written up. */
  #backFrom: string | undefined;
  #rules: Promise<NumberRules | null> | undefined;
  // Of the call in progress:
  #checked: Promise<NumberVerdict> | undefined;
  #callerId: string | undefined;
  #digitsOnceOpen: readonly [callId: string, digits: string] | undefined;

  constructor(settings: DialerSettings, parts: DialerParts) {
    this.#settings = settings;
    this.#client = parts.client;
    this.#keeper = parts.keeper;
    this.#page = parts.page;
    this.#available = parts.available;
    this.#load = () => parts.loadNumberRules(settings.defaultCountry);
    this.#store = createStore({
      initial: IDLE,
      transition,
      run: (command: Command) => this.#run(command),
      report: (error) => globalThis.reportError(error),
    });
    this.#phone = parts.createPhone((fact) => this.#onFact(fact));
    this.#news = new CarrierNews({
      client: parts.client,
      feed: parts.feed,
      getState: () => this.getState(),
      tell: (event) => this.#store.dispatch(event),
      onHeard: (callId) => this.#phone.confirmReached(callId),
      always: settings.receiveCalls,
    });
    this.#store.subscribe((state) => this.#onChange(state));
    this.#page.addEventListener('pagehide', this.#leave);
    if (settings.receiveCalls) this.#receive();
    const saved = parts.keeper.take();
    if (saved) this.#resume(saved);
  }

  getState(): DialerState {
    return this.#store.getState();
  }

  subscribe(listener: (state: DialerState) => void): () => void {
    return this.#store.subscribe(listener);
  }

  dial(dialString: string, { name, record = true, callerId }: DialOptions = {}): void {
    if (isLive(this.getState())) return;
    const { number, digits } = parseDialString(dialString);
    const at = Date.now();
    const callId = newId(at);
    this.#digitsOnceOpen = [callId, digits];
    this.#callerId = callerId ?? undefined;
    this.#checked = this.#check(number);
    if (number) this.#phone.prepare();
    this.#store.dispatch({
      type: 'dial-requested',
      callId,
      number: number || dialString.trim(),
      name: name?.trim() || null,
      record,
      at,
    });
  }

  answer(callId?: string): void {
    this.#store.dispatch({ type: 'answer-requested', callId });
  }

  decline(callId?: string): void {
    this.#store.dispatch({ type: 'decline-requested', callId });
  }

  silence(): void {
    this.#store.dispatch({ type: 'silence-requested' });
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

  dismissNotice(): void {
    this.#store.dispatch({ type: 'notice-dismissed' });
  }

  setAvailable(on: boolean): void {
    this.#available = on;
    this.#backFrom = on ? this.getState().call?.callId : undefined;
    if (this.#settings.receiveCalls) this.#receive();
  }

  nameCustomer(callId: string, name: string): void {
    this.#store.dispatch({ type: 'customer-known', callId, name });
  }

  prepare(): void {
    void this.#loadRules();
    this.#phone.prepare();
  }

  close(): void {
    this.#page.removeEventListener('pagehide', this.#leave);
    this.#phone.close();
    this.#news.close();
  }

  #receive(): void {
    this.#phone.receive(this.#available);
    this.#setReach(this.#available ? this.#reach : 'away', this.#reachProblem);
  }

  /** Both are the phone's own. */
  #setReach(reach: Reach, problem?: ProblemCode): void {
    this.#reach = reach;
    this.#reachProblem = problem;
    const state = this.getState();
    const pauses = this.#settings.pauseForWrapUp && this.#backFrom !== state.call?.callId;
    this.#store.dispatch({ type: 'reach-changed', reach: pauses ? reachInWrapUp(reach, state) : reach, problem });
  }

  #onFact(fact: PhoneFact): void {
    if (fact.type === 'reach-changed') {
      const { reach, problem } = fact;
      return this.#setReach(reach === 'off' && this.#settings.receiveCalls ? 'away' : reach, problem);
    }
    this.#store.dispatch(fact);
    // The customer may still hold the line for a phone that is not coming back.
    if (fact.type === 'call-ended' && LOST.has(fact.verdict.problem?.code)) this.#tell(fact.callId, 'hangup');
    if (fact.type === 'connection-restored') this.#tell(fact.callId, 'back');
  }

  #tell(callId: string, what: 'hangup' | 'away' | 'back'): void {
    this.#client.tellOfCall(callId, what).catch(() => {});
  }

  #resume(saved: SavedCall): void {
    this.#phone.resume(saved);
    this.#news.look();
  }

  /** The page is being left: a call that can be taken up by the next page waits for it, any other is ended. */
  readonly #leave = (): void => {
    const { call, phase } = this.getState();
    if (!call || !isLive(this.getState())) return;
    const connectToken = phase === 'open' || phase === 'reconnecting' ? this.#phone.save() : null;
    if (connectToken) {
      this.#keeper.keep({ call, connectToken });
      this.#tell(call.callId, 'away');
    } else if (phase !== 'incoming') {
      this.#tell(call.callId, 'hangup');
    }
    this.#phone.close(connectToken !== null);
  };

  #run(command: Command): void {
    switch (command.type) {
      case 'create-intent':
        void this.#onceChecked(command.callId, (to) => void this.#createIntent(command, to));
        break;
      case 'connect':
        void this.#onceChecked(command.callId, () => this.#phone.connect(command.callId));
        break;
      case 'accept':
        this.#phone.accept(command.callId);
        break;
      case 'reject':
        this.#phone.reject(command.callId);
        break;
      case 'silence':
        this.#phone.silence();
        break;
      case 'disconnect':
        this.#phone.disconnect(command.callId);
        break;
      case 'mute':
        this.#phone.mute(command.callId, command.on);
        break;
      case 'sendDigits':
        this.#phone.sendDigits(command.callId, command.digits);
        break;
      case 'fetch-outcome':
        void this.#news.fetchOutcome(command.callId, command.otherwise);
        break;
    }
  }

  #onChange(state: DialerState): void {
    const { phase, call } = state;
    this.#news.heed(state);
    this.#setReach(this.#reach, this.#reachProblem);
    const [callId, digits] = this.#digitsOnceOpen ?? [];
    if (phase !== 'open' || call?.callId !== callId || !digits) return;
    this.#digitsOnceOpen = undefined;
    this.#store.dispatch({ type: 'digits-requested', digits });
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

  async #createIntent({ callId, name, record }: Asked, to: string): Promise<void> {
    try {
      const answer = await this.#client.requestDial({
        callId,
        to,
        country: this.#settings.defaultCountry,
        customerName: name?.slice(0, 200),
        record,
        callerId: this.#callerId,
      });
      this.#store.dispatch({ type: 'number-accepted', callId, to: answer.to, line: answer.line });
    } catch (error) {
      this.#fail(callId, problemOf(error));
    }
  }
}
