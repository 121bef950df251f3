import type { PhoneCommand, PhoneEvent } from '../../service/contract.ts';
import type { DialerSettings, DialOptions, Handset } from '../core/dialer.ts';
import { IDLE, isLive, refused, type DialerState } from '../core/state.ts';
import { loadOnce } from '../load-once.ts';
import { newId } from '../new-id.ts';
import type { CallKeeper } from '../saved-call.ts';
import type { ServiceClient } from '../service-client.ts';
import type { ServiceFeed } from '../service-feed.ts';
import type { FarPhone, FarPhoneHost } from './far-phone.ts';
import { obey, type HandsetRequest } from './handset-request.ts';
import { HolderLock, type Locks } from './holder-lock.ts';
import { KeptForAgent, keyOf } from './kept-for-agent.ts';
import { PhoneChannel, type ChannelMessage } from './phone-channel.ts';
import type { PhoneReporter } from './phone-report.ts';
import { RemoteHandset } from './remote-handset.ts';
import type { WindowRemote } from './window-remote.ts';

export interface OnePhoneParts {
  client: ServiceClient;
  feed: ServiceFeed;
  keeper: CallKeeper;
  /** The phone in this page. */
  createLocal: (available: boolean) => Handset;
  /** Loads what a call needs without a phone being there yet. */
  preload: () => void;
  /** Absent on a page that is not secure, and in old browsers: then every tab has a phone of its own. */
  locks: Locks | undefined;
  openChannel: (name: string) => BroadcastChannel;
  /** `pagehide`, `pageshow`, `freeze` and `resume` are heard here: window and document. */
  page: EventTarget;
  document: EventTarget;
  storage: () => Storage;
  /** Names this page: another element of it operates a phone that is here. */
  pageId: string;
  /** Loads what a page does for a phone that is elsewhere. */
  loadFarPhone: (host: FarPhoneHost) => Promise<FarPhone>;
}

/** After a script that could not be loaded. */
const AGAIN_MS = 3000;

/**
 * One phone for an agent, however many tabs: the tab that holds the lock has it, the others operate it from afar. When
 * that tab closes or is frozen, another takes over. A phone window on the service's origin comes before every tab.
 */
export class OnePhone extends RemoteHandset {
  readonly #settings: DialerSettings;
  /** Customers reach this phone, or pages operate it through the service. */
  readonly #reports: boolean;
  readonly #parts: OnePhoneParts;
  readonly #holder = newId();
  #key = '';
  #starting: Promise<void> | undefined;
  /** Changes with every stop, so that what was under way before it knows. */
  #life = {};
  #closed = false;
  #lock: HolderLock | undefined;
  #channel: PhoneChannel | undefined;
  #reporter: PhoneReporter | undefined;
  #stopListening: (() => void) | undefined;
  #window: NonNullable<PhoneEvent> | undefined;
  #windowRemote: WindowRemote | undefined;
  /** In this page; there only while this tab has the phone. */
  #local: Handset | undefined;
  /** In another tab, or in the phone window. */
  #remote: RemoteHandset | undefined;
  #far: FarPhone | undefined;
  /** As the phone says it, wherever it is. */
  #told: DialerState = IDLE;

  constructor(settings: DialerSettings, parts: OnePhoneParts) {
    super((method, args) => this.#ask(method, args));
    this.#settings = settings;
    this.#reports = settings.receiveCalls || settings.phoneWindow;
    this.#parts = parts;
    parts.page.addEventListener('pagehide', this.#onPageHide);
    parts.page.addEventListener('pageshow', this.#onPageShow);
    parts.document.addEventListener('freeze', this.#suspend);
    parts.document.addEventListener('resume', this.#onResume);
    void this.#start();
  }

  /** Brings the phone from another tab to this one, between calls. */
  async takeOver(): Promise<void> {
    await this.#starting;
    const lock = this.#lock;
    if (!lock || lock.held || this.#closed || isLive(this.getState())) return;
    await this.#channel?.ask({ type: 'yield' });
    // That tab may have begun a call just then.
    if (!isLive(this.getState())) await lock.steal();
  }

  override close(): void {
    this.#closed = true;
    const { page, document } = this.#parts;
    page.removeEventListener('pagehide', this.#onPageHide);
    page.removeEventListener('pageshow', this.#onPageShow);
    document.removeEventListener('freeze', this.#suspend);
    document.removeEventListener('resume', this.#onResume);
    this.#stop();
    this.#far?.close();
    super.close();
  }

  #start(): Promise<void> {
    this.#starting ??= this.#begin();
    return this.#starting;
  }

  async #begin(): Promise<void> {
    const { client, locks, openChannel, keeper } = this.#parts;
    const life = this.#life;
    const agent = await client.agentId().catch(() => undefined);
    if (life !== this.#life) return;
    if (agent === undefined || !locks) {
      // Nobody to share with, or not known yet: a call says what is wrong.
      if (agent === undefined) this.#starting = undefined;
      this.#key = '';
      this.#hold(agent !== undefined);
      return;
    }
    this.#key = keyOf(this.#settings, agent);
    this.#channel ??= new PhoneChannel(openChannel(this.#key), (message) => this.#onMessage(message));
    this.#lock ??= new HolderLock(this.#key, locks, {
      onHeld: () => this.#hold(true),
      onStolen: () => this.#follow(),
    });
    if (this.#lock.held || (await this.#lock.take()) || life !== this.#life) return;
    this.#follow();
    // The call of before the reload is this tab's: the phone comes back to it.
    if (keeper.has()) {
      await this.#channel.ask({ type: 'yield' });
      if (life === this.#life) await this.#lock.steal();
    }
  }

  /** This tab has the phone. */
  #hold(identified: boolean): void {
    if (this.#closed) return;
    this.#remote = undefined;
    if (identified) {
      this.#stopListening ??= this.#parts.feed.listen({
        onPhone: (event) => this.#onPhoneWindow(event),
        onCommand: (command) => this.#onCommand(command),
        onLife: () => this.#reporter?.beat(),
      });
    }
    this.#settle();
  }

  /** Another tab has the phone. */
  #follow(): void {
    // A call in progress stays with the tab that has it, whoever has the lock.
    if (this.#local && isLive(this.#local.getState())) return;
    this.#dropLocal();
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#remote = new RemoteHandset(async (method, args) => {
      const far = await this.#loadFar().catch(() => undefined);
      if (far) await far.ask(method, args);
      // All but what a page does of its own.
      else await this.#channel?.ask({ type: 'ask', method, args });
    });
    this.become({ ...IDLE, place: 'other-tab' });
    this.#channel?.send({ type: 'hello' });
  }

  /** Where the phone belongs, once nothing is going on that a change would end. */
  #settle(): void {
    if (this.#closed || (this.#lock && !this.#lock.held)) return;
    const report = this.#window;
    if (!report) {
      this.#windowRemote?.hear(undefined);
      this.#remote = undefined;
      this.#makeLocal();
      return;
    }
    if (this.#local && isLive(this.#local.getState())) return;
    this.#dropLocal();
    this.#remote ??= new RemoteHandset((method, args) => this.#askWindow(method, args));
    if (this.#windowRemote) return this.#windowRemote.hear(report);
    this.become({ ...IDLE, ...report.state, place: 'phone-window' });
    // Before it is needed: what is asked of the window may have to be asked again without a network.
    void this.#openRemote();
  }

  #makeLocal(): void {
    if (this.#local) return;
    const local = this.#parts.createLocal(!this.#kept()?.get('away'));
    this.#local = local;
    local.subscribe((state) => {
      if (this.#local !== local) return;
      this.#showLocal(state);
      this.#reporter?.heed();
      if (isLive(state) || this.#local !== local) return;
      // Made while nobody was signed in: of all tabs one has the phone, now that it is known whose.
      if (!this.#starting) void this.#start();
      if (this.#lock && !this.#lock.held) this.#follow();
      else if (this.#window) this.#settle();
    });
    if (this.#reports) void this.#startReporting(local);
    this.#showLocal(local.getState());
  }

  async #startReporting(local: Handset): Promise<void> {
    try {
      const { PhoneReporter } = await import('./phone-report.ts');
      if (this.#local !== local) return;
      this.#reporter = new PhoneReporter({
        client: this.#parts.client,
        holder: this.#holder,
        place: this.#settings.phoneWindow ? 'window' : 'page',
        getState: () => local.getState(),
        onReach: () => this.#showLocal(local.getState()),
      });
      this.#showLocal(local.getState());
    } catch {
      if (this.#local === local) this.become({ ...local.getState(), reach: 'service' });
      setTimeout(() => this.#local === local && this.#startReporting(local), AGAIN_MS);
    }
  }

  #showLocal(state: DialerState): void {
    const unknown = this.#reports && state.reach === 'ready' ? 'connecting' : state.reach;
    const reach = this.#reporter?.reach(state.reach) ?? unknown;
    this.become(reach === state.reach ? state : { ...state, reach });
  }

  #dropLocal(): void {
    this.#reporter?.close();
    this.#local?.close();
    this.#reporter = this.#local = undefined;
  }

  /** Gives everything back, as before a sleep or an end. */
  #stop(): void {
    this.#dropLocal();
    this.#stopListening?.();
    this.#windowRemote?.hear(undefined);
    this.#lock?.release();
    this.#channel?.close();
    this.#stopListening = this.#lock = this.#channel = this.#remote = this.#starting = undefined;
    this.#life = {};
  }

  override become(state: DialerState): void {
    if (state === this.getState()) return;
    this.#told = state;
    if (state.place !== 'here') void this.#loadFar();
    this.#show();
  }

  readonly #show = (): void => {
    const shown = this.#far?.shown(this.#told) ?? this.#told;
    if (shown === this.getState()) return;
    if (this.#lock?.held) this.#tell(shown);
    super.become(shown);
  };

  readonly #loadFar = loadOnce(async () => {
    const far = await this.#parts.loadFarPhone({
      lockName: `${this.#key}:ring`,
      phone: this,
      channel: () => this.#channel,
      doHere: (method, args) => this.#doHere(method, args),
      onChange: this.#show,
    });
    if (this.#closed) far.close();
    else this.#far = far;
    this.#show();
    return far;
  });

  #ask(method: HandsetRequest, args: readonly unknown[]): void {
    if (method === 'dial' || method === 'prepare') this.#parts.preload();
    const pass = () => {
      if (method === 'setAvailable') this.#kept()?.set('away', args[0] ? undefined : '1');
      obey(this.#local ?? this.#remote ?? NOBODY, method, method === 'dial' ? this.#asChosen(args) : args);
    };
    if (this.#local ?? this.#remote) pass();
    else void this.#start().then(pass);
    // The page may have signed the agent in meanwhile.
    if (!this.#starting && !isLive(this.getState())) void this.#start();
  }

  /** A dial shows what the agent has chosen here, wherever the phone is, unless it says what. */
  #asChosen([to, options]: readonly unknown[]): readonly unknown[] {
    const { callerId = this.#kept()?.get('caller-id'), ...others } = { ...(options as DialOptions | undefined) };
    return [to, { ...others, callerId }];
  }

  /** What the tab or window that has the phone does not do, if that is worth taking the phone from it. */
  async #doHere(method: HandsetRequest, args: readonly unknown[]): Promise<void> {
    if (method !== 'dial' && method !== 'setAvailable') return;
    await this.takeOver();
    const phone = this.#local ?? (this.#lock?.held ? this.#remote : undefined);
    if (phone) obey(phone, method, args);
  }

  /** Tells the window, or says in words that it was not told. */
  #askWindow(method: HandsetRequest, args: readonly unknown[]): void {
    this.#openRemote().then((remote) => remote.ask(method, args), this.#unreached);
  }

  readonly #unreached = (): void => this.become({ ...this.#told, problem: refused('service-unreachable').problem });

  readonly #openRemote = loadOnce(async () => {
    const { WindowRemote } = await import('./window-remote.ts');
    const remote = new WindowRemote({
      client: this.#parts.client,
      show: (state) => this.#local || this.become(state),
      onGone: (method, args) => {
        this.#onPhoneWindow(null);
        void this.#doHere(method, args);
      },
    });
    remote.hear(this.#window);
    return (this.#windowRemote = remote);
  });

  #onMessage(message: ChannelMessage): void {
    const held = this.#lock?.held;
    switch (message.type) {
      case 'state':
        if (!held && this.#remote) this.#becomeRemote(message.state, message.page);
        break;
      case 'hello':
        if (held) this.#tell(this.getState());
        break;
      case 'ask':
        if (!held || message.until < Date.now()) break;
        this.#channel?.send({ type: 'done', id: message.id });
        obey(this.#local ?? this.#remote ?? NOBODY, message.method, message.args);
        break;
      case 'yield':
        if (!held || isLive(this.getState())) break;
        this.#dropLocal();
        this.#channel?.send({ type: 'done', id: message.id });
        break;
      case 'done':
        break;
    }
  }

  #tell(state: DialerState): void {
    this.#channel?.send({ type: 'state', state, page: this.#parts.pageId });
  }

  #becomeRemote(state: DialerState, page: string): void {
    const elsewhere = state.place === 'here' && page !== this.#parts.pageId;
    this.become(elsewhere ? { ...state, place: 'other-tab' } : state);
  }

  #onPhoneWindow(event: PhoneEvent): void {
    if (this.#settings.phoneWindow) return;
    this.#window = event?.place === 'window' ? event : undefined;
    this.#settle();
  }

  #onCommand({ holder, method, args }: PhoneCommand): void {
    if (holder !== this.#holder || !this.#local) return;
    obey(this.#local, method, args);
    this.#reporter?.answer();
  }

  /** None while it is not known who the agent is. */
  #kept(): KeptForAgent | undefined {
    return this.#key ? new KeptForAgent(this.#key, this.#parts.storage) : undefined;
  }

  readonly #onPageHide = (event: Event): void => {
    // The local phone looks after its own call.
    if ((event as PageTransitionEvent).persisted) this.#suspend();
    else this.#reporter?.close();
  };

  /** Whatever call there was has ended with the leaving, or is kept for the phone that begins now. */
  readonly #onPageShow = (event: Event): void => {
    if (!(event as PageTransitionEvent).persisted) return;
    this.#stop();
    this.#onResume();
  };

  /** A tab that sleeps has no phone to answer: another one may have it. */
  readonly #suspend = (): void => {
    if (this.#local && isLive(this.#local.getState())) return;
    this.#stop();
    this.become({ ...IDLE, reach: 'asleep' });
  };

  readonly #onResume = (): void => {
    if (!this.#closed && !this.#lock) void this.#start();
  };
}

/** What is asked while there is no phone is not done. */
const NOBODY = new RemoteHandset(() => {});
