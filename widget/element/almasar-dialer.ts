import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CreateDialer, Dialer, DialerSettings, DialOptions } from '../core/dialer.ts';
import type { RecentCall, RecordingPauseResult, WrapUp, WrapUpResult } from '../core/dialer.ts';
import { ProblemError } from '../core/problem-error.ts';
import type { DialerState, Phase } from '../core/state.ts';
import type { FirstMessages } from '../locales/messages.ts';
import type { OwnMessages } from '../locales/own-messages.ts';
import type { WebRtc } from '../web-rtc.ts';
import { fetchAuthToken } from './auth-endpoint.ts';
import { tellOfChange } from './call-events.ts';
import { CallPart } from './call-part.ts';
import { ClickGuard } from './click-guard.ts';
import type { LookUpContact } from './contact-look-up.ts';
import { Desk } from './desk.ts';
import { DialerKeeper, type DialerOwner } from './dialer-keeper.ts';
import { tell } from './events.ts';
import { liveRegions } from './live-regions.ts';
import type { Numerals } from './numerals.ts';
import { PageLanguage } from './page-language.ts';
import type { PanelName } from './panels/panel.ts';
import { controls } from './styles/controls.ts';
import { panel } from './styles/panel.ts';
import { tokens } from './styles/tokens.ts';
import type { Face } from './views/face.ts';
import { header } from './views/header.ts';

/** In this time a call that is prepared is with the carrier; nobody sees that its picture is as much later. */
const SETS_OUT_MS = 80;

/**
 * A phone for any page: shows the call in progress, and makes one from a number typed, pasted or clicked.
 *
 * @summary A phone docked in a corner of the page, speaking Arabic or English.
 * @tag almasar-dialer
 *
 * With the focus in it: digits, paste and Enter go to the number field, Escape closes what is open, `M` mutes, and while
 * a customer calls `A` answers, `D` declines and `S` silences. No key hangs up.
 *
 * @attr {string} service - Address of the service. Without it the element shows what is missing.
 * @attr {string} auth-endpoint - Address that answers a POST (with cookies) with `{"token": "<the agent's JWT>"}`.
 * @attr {string} default-country - ISO 3166-1 alpha-2 country of numbers written without a country code, whose own are shown as people write them there; `EG`.
 * @attr {boolean} receive-calls - Customers' calls ring here, and the agent can switch that off.
 * @attr {boolean} pause-for-wrap-up - After a conversation no customer rings until it is saved or closed.
 * @attr {boolean} collapsed - Shows the element as a pill.
 * @attr {boolean} inline - The element fills its place in the page's flow, instead of a corner of the window.
 * @attr {string} caller-id - The number that customers see, E.164: one that the agent may show; the agent may choose another.
 * @attr {string} numerals - Digits of times and counts: `latn` (default) or `arab`. Phone numbers stay in ASCII digits.
 * @attr {boolean} detect-numbers - Numbers in the page's plain text can be clicked too.
 * @attr {string} frame-origins - Origins, parted by spaces, of frames whose `tel:` links are called here.
 * @attr {string} shortcut - Keys that lead from anywhere in the page into the phone: `Alt+Shift+P`. Without it, none do.
 * @attr {string} lang - Language: `ar…` is Arabic, else English. Without it, that of the page around the element.
 * @attr {string} phase - (read-only) `idle`, `dialing`, `ringing`, `incoming`, `open`, `reconnecting`, `ending`, `ended`.
 * @slot customer - The page's own content about the customer, shown during and after a call.
 * @fires {AlmasarDialEvent} almasar-dial - Before a call is made: `{to, name, record, callerId}`. `preventDefault()` stops it.
 * @fires {AlmasarCallIncomingEvent} almasar-call-incoming - A customer calls: `{callId, number, name, direction}`.
 * @fires {AlmasarCallMissedEvent} almasar-call-missed - Nobody answered here: `{callId, number, name, direction}`.
 * @fires {AlmasarCallRingingEvent} almasar-call-ringing - The customer's phone rings: `{callId, number, name, direction}`.
 * @fires {AlmasarCallOpenEvent} almasar-call-open - Both can talk: `{callId, number, name, direction}`.
 * @fires {AlmasarCallEndedEvent} almasar-call-ended - Over: the same, and `{outcome, durationSeconds, problem}`.
 * @fires {AlmasarRecordingEvent} almasar-recording - Paused, or going on: `{callId, number, name, direction, paused}`.
 * @fires {AlmasarReachEvent} almasar-reach - Customers' calls reach the agent, or no more: `{reach, place}`.
 * @fires {AlmasarWrapUpSavedEvent} almasar-wrap-up-saved - What was written of a call is kept: `{callId, note?, disposition?, callBackAt?, result}`.
 * @fires {AlmasarErrorEvent} almasar-error - Trouble: `{code, carrierCode, message}`, the message in the element's language.
 *
 * @csspart panel - The whole surface, open or as a pill.
 * @csspart test-mode - Says on a developer’s machine that the service believes anybody (AUTH_MODE dev).
 * @csspart header - The row with the state and the collapse button.
 * @csspart status - The word for the state.
 * @csspart available-switch - Lets customers' calls ring here, or not.
 * @csspart menu-button - Opens the menu of panels, or closes the panel.
 * @csspart collapse-button - Makes the element a pill.
 * @csspart expand-button - Makes the pill of a call the panel again.
 * @csspart launcher - The pill between calls.
 * @csspart recents-button - Opens the recent calls.
 * @csspart caller-id - The choice of the number that customers see, where the agent may show several.
 * @csspart call-backs-button - Opens the call-backs; there between calls while there are any.
 * @csspart field - The number field.
 * @csspart keypad - The twelve keys.
 * @csspart key - One key.
 * @csspart call-button - Calls, calls again or calls back.
 * @csspart edit-button - Takes a refused number back to the number field.
 * @csspart close-button - Puts a call that is over away.
 * @csspart customer - Name and number of the other side.
 * @csspart contact - What `lookupContact` knows of the customer.
 * @csspart contact-link - The way to the page's own record of the customer.
 * @csspart timer - The time ringing, talking or muted.
 * @csspart answer-button - Answers; for a call that waits, ends the one in progress first.
 * @csspart decline-button - Declines.
 * @csspart silence-button - Stops the ringtone.
 * @csspart line - Which of the account's numbers the customer called or sees, where it has several.
 * @csspart waiting - A second customer who calls.
 * @csspart mute-button - Mutes the agent.
 * @csspart muted - Says that the customer hears nothing, and for how long.
 * @csspart keypad-button - Shows the keypad during a call.
 * @csspart note-button - Opens the note during a call.
 * @csspart recording - The mark of a call that is recorded, or whose recording is paused.
 * @csspart pause-recording-button - Pauses the recording, or records on.
 * @csspart hang-up-button - Hangs up.
 * @csspart banner - Trouble, in amber.
 * @csspart notice - Something to know.
 * @csspart take-over-button - Brings the phone here from another tab.
 * @csspart phone-window-button - Opens the phone’s own window, once a page was left with a call.
 * @csspart outcome - How the call ended.
 * @csspart back-button - Closes a panel.
 * @csspart retry-button - Fetches a panel again that could not be.
 *
 * @cssprop [--almasar-accent=light-dark(#0b5f5b, #63c9c0)] - Colour of focus, marks and secondary actions.
 * @cssprop [--almasar-font=system-ui] - First font family.
 * @cssprop [--almasar-inset=16px] - Distance from the corner of the window.
 * @cssprop [--almasar-inset-inline=auto var(--almasar-inset, 16px)] - Distances from start and end of a line: `16px auto` is the other corner.
 * @cssprop [--almasar-z-index=9999] - Place among the page's layers.
 */
export class AlmasarDialer extends LitElement implements DialerOwner {
  /** Makes the phone; set once by the composition root. */
  declare static createDialer: CreateDialer;
  /** Which version the page uses: of two that it loads, the one that came first. */
  declare static version: string;
  static override properties = {
    service: {},
    authEndpoint: { attribute: 'auth-endpoint' },
    defaultCountry: { attribute: 'default-country' },
    receiveCalls: { type: Boolean, attribute: 'receive-calls' },
    pauseForWrapUp: { type: Boolean, attribute: 'pause-for-wrap-up' },
    collapsed: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
    callerId: { attribute: 'caller-id' },
    numerals: {},
    detectNumbers: { type: Boolean, attribute: 'detect-numbers' },
    frameOrigins: { attribute: 'frame-origins' },
    shortcut: {},
    messages: { attribute: false },
    getAuthToken: { attribute: false },
    lookupContact: { attribute: false },
    webRtc: { attribute: false },
  };
  static override styles = [tokens, panel, controls];
  readonly #language = new PageLanguage(this);
  readonly #keeper = new DialerKeeper(this, (settings) => AlmasarDialer.createDialer(settings));
  readonly #desk = new Desk(this);
  readonly #guard = new ClickGuard();
  readonly #calls = new CallPart(this, this.#desk, this.#language);
  declare service: string | undefined;
  declare authEndpoint: string | undefined;
  declare defaultCountry: string;
  declare receiveCalls: boolean;
  declare pauseForWrapUp: boolean;
  /** @internal This is the phone's own window. */
  declare phoneWindow: boolean;
  declare collapsed: boolean;
  declare inline: boolean;
  /** What customers see, as the page or the agent has chosen: a number that the agent may show. */
  declare callerId: string | undefined;
  declare numerals: Numerals;
  declare detectNumbers: boolean;
  declare frameOrigins: string | undefined;
  declare shortcut: string | undefined;
  /** The page's own words by language: changes some of ours, or adds a language. Replace the object to change it. */
  declare messages: OwnMessages | undefined;
  /** Answers with the JWT of the agent who is signed in to the page. Wins over `auth-endpoint`. */
  declare getAuthToken: (() => Promise<string>) | undefined;
  /** Says who a number belongs to; asked once for a call whose name nobody knows. */
  declare lookupContact: LookUpContact | undefined;
  /** On a virtual desktop (Citrix, VDI): what takes the place of the browser's WebRTC. */
  declare webRtc: WebRtc | undefined;

  constructor() {
    super();
    this.defaultCountry = 'EG';
    this.numerals = 'latn';
    this.receiveCalls = this.pauseForWrapUp = this.phoneWindow = false;
    this.collapsed = this.inline = this.detectNumbers = false;
  }

  /** Frozen snapshot of the phone; replaced at every change. */
  get state(): DialerState {
    return this.#keeper.state;
  }

  get phase(): Phase {
    return this.state.phase;
  }

  /** @internal */
  get dialer(): Dialer | undefined {
    return this.#keeper.dialer;
  }

  /** @internal What it says at first sight; undefined until that has arrived. */
  get words(): FirstMessages | undefined {
    return this.#language.messages;
  }

  /** @internal */
  get settings(): DialerSettings | null {
    if (this.#missing) return null;
    const { service = '', defaultCountry, receiveCalls, pauseForWrapUp, phoneWindow, webRtc } = this;
    const getAuthToken = this.#authToken;
    return { service, defaultCountry, receiveCalls, pauseForWrapUp, phoneWindow, webRtc, getAuthToken };
  }

  /** @internal */
  get settingsKey(): readonly unknown[] {
    return [this.authEndpoint, this.getAuthToken, ...Object.values(this.settings ?? {})];
  }

  get #missing(): Face['missing'] {
    return this.service ? (this.getAuthToken || this.authEndpoint ? null : 'auth') : 'service';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A sheet over the page begins as a pill.
    if (!this.hasUpdated && !this.inline && matchMedia('(width < 480px)').matches) this.collapsed = true;
    this.setAttribute('phase', this.phase);
  }

  /** Moved by `moveBefore()`: nothing to take down or to set up. */
  connectedMoveCallback(): void {}

  /** First the phone, then its picture: a script or a call that begins is not held up by drawing. Hidden pages' timers are slow. */
  protected override async scheduleUpdate(): Promise<void> {
    const setsOut = this.phase === 'dialing';
    if (!document.hidden && (!this.hasUpdated || setsOut))
      await new Promise((resolve) => setTimeout(resolve, setsOut ? SETS_OUT_MS : 0));
    await super.scheduleUpdate();
  }

  protected override update(changed: PropertyValues): void {
    const { renderRoot } = this;
    const focused = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    // Not in `willUpdate`: the phone of this update is made after it.
    this.#calls.follow(this.#desk.panel, this.collapsed, this.#missing);
    super.update(changed);
    if (focused && !focused.isConnected) renderRoot.querySelector<HTMLElement>('section')?.focus();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await Promise.all([this.#language.ready, this.#calls.ready]);
    return await super.getUpdateComplete();
  }

  /** @internal */
  stateChanged(previous: DialerState): void {
    const { state, phase } = this;
    this.setAttribute('phase', phase);
    if (phase !== previous.phase) this.#desk.turn(previous.phase, phase);
    this.requestUpdate();
    tellOfChange(this, previous, state);
    if (state.problem && state.problem !== previous.problem) void this.#tell(state.problem);
  }

  async #tell({ code, carrierCode }: NonNullable<DialerState['problem']>): Promise<void> {
    this.#calls.want('all');
    await this.#language.ready;
    const verdict = this.#language.words?.problems[code];
    const message = verdict ? `${verdict.title}. ${verdict.advice}` : code;
    tell(this, 'almasar-error', { code, carrierCode, message });
  }

  readonly #authToken = async (): Promise<string> =>
    await (this.getAuthToken ? this.getAuthToken() : fetchAuthToken(this.authEndpoint ?? ''));

  #face(t: FirstMessages): Face {
    const { state, dialer } = this;
    const guard = this.#guard;
    return {
      t,
      state,
      dialer,
      desk: this.#desk,
      missing: this.#missing,
      receiving: this.receiveCalls,
      numerals: this.numerals,
      dial: (to, options) => this.dial(to, options),
      hangUp: () => guard.allowsHangUp(state.call) && this.hangUp(),
      answer: ({ callId }) => guard.allowsAnswer() && this.answer(callId),
      decline: ({ callId }) => guard.allowsAnswer() && this.decline(callId),
      toggleCollapsed: () => (this.collapsed = !this.collapsed),
      dismiss: () => dialer?.dismiss(),
      prepare: () => this.prepare(),
    };
  }

  /** Calls a number as a person wrote it. False: a call is in progress, which it is offered after, or the page says no. */
  dial(to: string, { name = null, record = true, callerId = this.callerId }: DialOptions = {}): boolean {
    const options = { name, record, callerId };
    if (this.#keeper.live) return this.#desk.refuse({ to, ...options });
    if (!tell(this, 'almasar-dial', { to, ...options })) return false;
    this.collapsed = false;
    this.#calls.want('talk');
    const dialer = this.#keeper.ensureDialer();
    if (dialer) dialer.dial(to, options);
    else this.#keeper.refuse(this.#missing === 'auth' ? 'unauthenticated' : 'service-not-set');
    return true;
  }

  /** Takes the call that rings or waits (the one in progress is ended first), or the one that `callId` names. */
  answer(callId?: string): void {
    this.dialer?.answer(callId);
  }

  /** Declines the call that rings or waits, or the one that `callId` names: the service passes it on. */
  decline(callId?: string): void {
    this.dialer?.decline(callId);
  }

  /** Stops the ringtone; the call goes on ringing. */
  silence(): void {
    this.dialer?.silence();
  }

  /** Lets customers' calls ring here or, `false`, says that the agent is away. */
  setAvailable(on: boolean): void {
    this.#keeper.ensureDialer()?.setAvailable(on);
  }

  /** Brings the phone, with its sound, from another tab to this one; only between calls. */
  takeOver(): void {
    this.#keeper.ensureDialer()?.takeOver();
  }

  /** Ends the call in progress, or the attempt to make one. */
  hangUp(): void {
    this.dialer?.hangUp();
  }

  /** Mutes the agent, or not. The state says so when it is done. */
  mute(on: boolean): void {
    this.dialer?.mute(on);
  }

  /** Has silence recorded of the call or, `false`, records on. Never rejects. The state says so when it is done. */
  async pauseRecording(on: boolean): Promise<RecordingPauseResult> {
    return (await this.dialer?.pauseRecording(on)) ?? 'not-running';
  }

  /** Keypad tones during a call: `0-9*#`; `w` is a pause of half a second. */
  sendDigits(digits: string): void {
    this.dialer?.sendDigits(digits);
  }

  /** Keeps note, disposition and call-back of a call; `kept` is on this computer until the service is there. Never rejects. */
  async saveWrapUp(callId: string, wrapUp: WrapUp): Promise<WrapUpResult> {
    const result = (await this.#keeper.ensureDialer()?.saveWrapUp(callId, wrapUp)) ?? 'refused';
    if (result !== 'refused') tell(this, 'almasar-wrap-up-saved', { callId, ...wrapUp, result });
    return result;
  }

  /** The newest calls of this agent, newest first. Rejects with a ProblemError. */
  async recentCalls(): Promise<readonly RecentCall[]> {
    const dialer = this.#keeper.ensureDialer();
    if (!dialer) throw new ProblemError('service-not-set', this.#missing ?? '');
    return await dialer.recentCalls();
  }

  /** Opens the phone in a window of its own, which outlives this page; in a click. False when the browser refuses. */
  async openPhoneWindow(): Promise<boolean> {
    return (await this.#keeper.ensureDialer()?.openPhoneWindow(this.#language.language)) ?? false;
  }

  /** Opens a panel in place of the number field, or beside the call: recent calls, call-backs, audio, line check, menu, note. */
  openPanel(name: PanelName): void {
    this.collapsed = false;
    this.#desk.openPanel(name);
  }

  /** Loads what a first call needs ahead of it: when a call has become likely. */
  prepare(): void {
    this.#calls.want('talk');
    this.#keeper.ensureDialer()?.prepare();
  }

  protected override render(): TemplateResult | typeof nothing {
    const t = this.#language.messages;
    if (!t) return nothing;
    const face = this.#face(t);
    return html`<section
        part="panel"
        class=${this.collapsed ? 'small' : 'large'}
        dir=${t.dir}
        lang=${t.lang}
        aria-label=${t.phone}
        tabindex="-1"
        @click=${this.#guard.clicked}
        @keydown=${this.#desk.keydown}
        @paste=${this.#desk.paste}
      >
        ${this.collapsed ? nothing : header(face)}${this.#calls.draw(face, this.collapsed)}
      </section>
      <div lang=${t.lang}>${liveRegions(this.#calls.heard(face))}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'almasar-dialer': AlmasarDialer;
  }
}
