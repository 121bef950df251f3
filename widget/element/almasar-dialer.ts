import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { CreateDialer, DialerSettings, DialOptions } from '../core/dialer.ts';
import type { DialerState, Phase } from '../core/state.ts';
import type { Messages } from '../locales/messages.ts';
import { CallClock } from './call-clock.ts';
import { tellOfCall } from './call-events.ts';
import { Desk } from './desk.ts';
import { DialerKeeper, type DialerOwner } from './dialer-keeper.ts';
import { AlmasarDialEvent, AlmasarErrorEvent } from './events.ts';
import { liveRegions } from './live-regions.ts';
import { PageLanguage } from './page-language.ts';
import { controls } from './styles/controls.ts';
import { panel } from './styles/panel.ts';
import { tokens } from './styles/tokens.ts';
import type { Face } from './views/face.ts';
import { header } from './views/header.ts';
import { pill } from './views/pill.ts';
import { viewOf } from './views/view-of.ts';

/** A second click, or a held Enter, lands where the hang-up button has just appeared: not meant for it. */
const HANG_UP_GUARD_MS = 600;

/** Where the panel is a sheet over the page: there it begins as a pill. */
const SHEET = '(width < 480px)';

/**
 * A phone for any page: shows the call in progress, and makes one from a number typed, pasted or clicked.
 *
 * @summary A phone docked in a corner of the page, speaking Arabic or English.
 * @tag almasar-dialer
 *
 * @attr {string} service - Address of the service. Without it the element shows what is missing.
 * @attr {string} auth-endpoint - Address that answers a POST (with cookies) with `{"token": "<the agent's JWT>"}`.
 * @attr {string} default-country - ISO 3166-1 alpha-2 country of numbers written without a country code; `EG`.
 * @attr {boolean} collapsed - Shows the element as a pill.
 * @attr {string} lang - Language: `ar…` is Arabic, else English. Without it, that of the page around the element.
 * @attr {string} phase - (read-only) `idle`, `dialing`, `ringing`, `incoming`, `open`, `reconnecting`, `ending`, `ended`.
 *
 * @slot customer - The page's own content about the customer, shown during and after a call.
 *
 * @fires {AlmasarDialEvent} almasar-dial - Before a call is made: `{to, name}`. `preventDefault()` stops it.
 * @fires {AlmasarCallRingingEvent} almasar-call-ringing - It rings: `{callId, number, name, direction}`.
 * @fires {AlmasarCallOpenEvent} almasar-call-open - Both can talk: `{callId, number, name, direction}`.
 * @fires {AlmasarCallEndedEvent} almasar-call-ended - Over: the same, and `{outcome, durationSeconds, problem}`.
 * @fires {AlmasarErrorEvent} almasar-error - Trouble: `{code, carrierCode, message}`, the message in the element's language.
 *
 * @csspart panel - The whole surface, open or as a pill.
 * @csspart header - The row with the state and the collapse button.
 * @csspart status - The word for the state.
 * @csspart collapse-button - Makes the element a pill.
 * @csspart expand-button - Makes the pill of a call the panel again.
 * @csspart launcher - The pill between calls.
 * @csspart field - The number field.
 * @csspart keypad - The twelve keys.
 * @csspart key - One key.
 * @csspart call-button - Calls, or calls again.
 * @csspart edit-button - Takes a refused number back to the number field.
 * @csspart close-button - Puts a call that is over away.
 * @csspart customer - Name and number of the other side.
 * @csspart timer - The time ringing or talking.
 * @csspart mute-button - Mutes the agent.
 * @csspart keypad-button - Shows the keypad during a call.
 * @csspart hang-up-button - Hangs up.
 * @csspart banner - Trouble, in amber.
 * @csspart outcome - How the call ended.
 *
 * @cssprop [--almasar-accent=light-dark(#0b5f5b, #63c9c0)] - Colour of focus, marks and secondary actions.
 * @cssprop [--almasar-font=system-ui] - First font family.
 * @cssprop [--almasar-inset=16px] - Distance from the corner of the window.
 * @cssprop [--almasar-z-index=9999] - Place among the page's layers.
 */
export class AlmasarDialer extends LitElement implements DialerOwner {
  /** Makes the phone; set once by the composition root. */
  static createDialer: CreateDialer;
  static override properties = {
    service: {},
    authEndpoint: { attribute: 'auth-endpoint' },
    defaultCountry: { attribute: 'default-country' },
    collapsed: { type: Boolean, reflect: true },
    getAuthToken: { attribute: false },
  };
  static override styles = [tokens, panel, controls];

  readonly #language = new PageLanguage(this);
  readonly #keeper = new DialerKeeper(this);
  readonly #desk = new Desk(this);

  declare service: string | undefined;
  declare authEndpoint: string | undefined;
  declare defaultCountry: string;
  declare collapsed: boolean;
  /** Answers with the JWT of the agent who is signed in to the page. Wins over `auth-endpoint`. */
  declare getAuthToken: (() => Promise<string>) | undefined;

  constructor() {
    super();
    this.defaultCountry = 'EG';
    this.collapsed = false;
    this.addController(new CallClock(this));
  }

  /** Frozen snapshot of the phone; replaced at every change. */
  get state(): DialerState {
    return this.#keeper.state;
  }

  get phase(): Phase {
    return this.state.phase;
  }

  /** @internal */
  get settings(): DialerSettings | null {
    const { service, defaultCountry } = this;
    if (!service || this.#missing) return null;
    return { service, defaultCountry, getAuthToken: () => this.#authToken() };
  }

  /** @internal */
  get settingsKey(): readonly unknown[] {
    return [this.service, this.defaultCountry, this.authEndpoint, this.getAuthToken];
  }

  /** @internal */
  get createDialer(): CreateDialer {
    return AlmasarDialer.createDialer;
  }

  get #missing(): Face['missing'] {
    if (!this.service) return 'service';
    return this.getAuthToken || this.authEndpoint ? null : 'auth';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.hasUpdated && matchMedia(SHEET).matches) this.collapsed = true;
    this.setAttribute('phase', this.phase);
  }

  /** Moved by `moveBefore()`: nothing to take down or to set up. */
  connectedMoveCallback(): void {}

  protected override update(changed: PropertyValues): void {
    const { renderRoot } = this;
    const focused = renderRoot instanceof ShadowRoot ? renderRoot.activeElement : null;
    super.update(changed);
    if (focused && !focused.isConnected) renderRoot.querySelector<HTMLElement>('section')?.focus();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    await this.#language.ready;
    return await super.getUpdateComplete();
  }

  /** @internal */
  stateChanged(previous: DialerState): void {
    const { state } = this;
    const { problem } = state;
    this.setAttribute('phase', state.phase);
    if (state.phase === 'ended') this.#desk.clear();
    this.requestUpdate();
    tellOfCall(this, previous, state);
    if (problem && problem !== previous.problem) void this.#tell(problem);
  }

  async #tell({ code, carrierCode }: NonNullable<DialerState['problem']>): Promise<void> {
    await this.#language.ready;
    const verdict = this.#language.messages?.problems[code];
    const message = verdict ? `${verdict.title}. ${verdict.advice}` : code;
    this.dispatchEvent(new AlmasarErrorEvent({ code, carrierCode, message }));
  }

  async #authToken(): Promise<string> {
    if (this.getAuthToken) return await this.getAuthToken();
    const { fetchAuthToken } = await import('./auth-endpoint.ts');
    return await fetchAuthToken(this.authEndpoint ?? '');
  }

  #face(t: Messages): Face {
    const { state } = this;
    const { call } = state;
    return {
      t,
      state,
      desk: this.#desk,
      missing: this.#missing,
      redial: () => call && this.dial(call.number, { name: call.name ?? undefined }),
      edit: () => {
        this.#keeper.dialer?.dismiss();
        this.#desk.write(call?.number ?? '');
      },
      hangUp: () => call && Date.now() - call.startedAt > HANG_UP_GUARD_MS && this.hangUp(),
      mute: () => call && this.mute(!call.muted),
      toggleCollapsed: () => (this.collapsed = !this.collapsed),
      dismiss: () => this.#keeper.dialer?.dismiss(),
      prepare: () => this.prepare(),
    };
  }

  /** Calls a number as a person wrote it, unless a call is in progress or the page prevents `almasar-dial`. */
  dial(to: string, { name }: DialOptions = {}): void {
    if (this.#keeper.live) return;
    if (!this.dispatchEvent(new AlmasarDialEvent({ to, name: name ?? null }))) return;
    this.collapsed = false;
    const dialer = this.#keeper.ensureDialer();
    if (dialer) dialer.dial(to, { name });
    else this.#keeper.refuse(this.#missing === 'auth' ? 'unauthenticated' : 'service-not-set');
  }

  /** Ends the call in progress, or the attempt to make one. */
  hangUp(): void {
    this.#keeper.dialer?.hangUp();
  }

  /** Mutes the agent, or not. The state says so when it is done. */
  mute(on: boolean): void {
    this.#keeper.dialer?.mute(on);
  }

  /** Keypad tones during a call: `0-9*#`; `w` is a pause of half a second. */
  sendDigits(digits: string): void {
    this.#keeper.dialer?.sendDigits(digits);
  }

  /** Loads what a first call needs ahead of it: when a call has become likely. */
  prepare(): void {
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
        @keydown=${this.#desk.keydown}
        @paste=${this.#desk.paste}
      >
        ${this.collapsed ? pill(face) : html`${header(face)}${viewOf(face)}`}
      </section>
      <div lang=${t.lang}>${liveRegions(t, this.state)}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'almasar-dialer': AlmasarDialer;
  }
}
