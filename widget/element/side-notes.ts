import { html, nothing, type TemplateResult } from 'lit';
import type { PanelMessages } from '../locales/panels-messages.ts';
import type { CallPartHost } from './call-part.ts';
import { CLOSE } from './first-icons.ts';
import { NumberPreview } from './number-preview.ts';
import type { PageLanguage } from './page-language.ts';
import { PhoneShortcut } from './shortcut.ts';
import { notice } from './views/banner.ts';
import type { FullFace } from './views/face.ts';
import { WindowHint } from './window-hint.ts';

/** What there is to know beside calls: where the phone is, why no customer rings, how a number is called, which keys lead here. */
export class SideNotes {
  readonly #host: CallPartHost;
  readonly #language: PageLanguage;
  readonly #hint: WindowHint;
  readonly #preview: NumberPreview;
  readonly #shortcut: PhoneShortcut;
  /** Also without a call to write up. */
  #away = false;

  constructor(host: CallPartHost, language: PageLanguage) {
    this.#host = host;
    this.#language = language;
    this.#hint = new WindowHint(host);
    this.#preview = new NumberPreview(host);
    this.#shortcut = new PhoneShortcut(host);
    host.addEventListener('almasar-wrap-up-saved', ({ detail }) => {
      const { phase, call } = host.state;
      // Saved is done: customers may ring again.
      if (host.pauseForWrapUp && phase === 'ended' && call?.callId === detail.callId) host.dialer?.dismiss();
    });
  }

  /** To be called before every update. */
  follow(): void {
    const { phase, reach } = this.#host.state;
    if (!phase.startsWith('end')) this.#away = reach === 'away';
  }

  /** Which keys lead here; empty where the page has set none. For a customer who calls. */
  wayHere({ side }: PanelMessages): string {
    const { text } = this.#shortcut;
    return text && side.jump(text);
  }

  /** After what is more pressing. */
  draw(face: FullFace, t: PanelMessages): readonly TemplateResult[] {
    if (face.missing) return [];
    const { phase, reach, place } = face.state;
    const said: TemplateResult[] = [];
    if (place !== 'here') said.push(...this.#elsewhere(face, t));
    else if (phase === 'idle' && this.#hint.wanted) said.push(this.#hintNote(face, t));
    if (phase === 'ended' && reach === 'away' && !this.#away && this.#host.pauseForWrapUp)
      said.push(html`<p class="muted elsewhere">${t.side.wrappingUp}</p>`);
    return [...said, ...this.#preview.draw(face, t.side.willCall)];
  }

  /** The way to bring it here is between calls. */
  #elsewhere({ state, dialer }: FullFace, { side }: PanelMessages): TemplateResult[] {
    const { place, phase } = state;
    if (place === 'here' || (phase !== 'idle' && phase !== 'open')) return [];
    if (phase !== 'idle') return [html`<p class="muted elsewhere">${side.places[place].title}</p>`];
    const bring = html`<button part="take-over-button" class="slim" @click=${() => dialer?.takeOver()}>
      ${side.bringHere}
    </button>`;
    return [notice(side.places[place], place === 'other-tab' ? bring : nothing)];
  }

  #hintNote({ t, dialer }: FullFace, { more, side, window }: PanelMessages): TemplateResult {
    const open = () =>
      void this.#hint.open(async () => (await dialer?.openPhoneWindow(this.#language.language)) ?? false);
    const close = html`<button class="icon" aria-label=${t.close} @click=${this.#hint.dismiss}>${CLOSE}</button>`;
    const button = html`<button part="phone-window-button" class="slim how" @click=${open}>
      ${more.phoneWindow}
    </button>`;
    const { title, advice } = side.leftInCall;
    return notice({ title, advice: this.#hint.refused ? window.blocked : advice }, close, button);
  }
}
