import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../locales/load-locale.ts';
import type { PanelMessages } from '../locales/panels-messages.ts';
import type { CallPartHost } from './call-part.ts';
import { CLOSE } from './first-icons.ts';
import { NumberPreview } from './number-preview.ts';
import type { PageLanguage } from './page-language.ts';
import { panelWords } from './panels/panels.ts';
import { PhoneShortcut } from './shortcut.ts';
import { notice } from './views/banner.ts';
import type { FullFace } from './views/face.ts';
import { WindowHint } from './window-hint.ts';

/**
 * What there is to know beside calls, in a chunk of its own: where the phone is, why no customer rings, how a number is
 * called, and which keys lead here.
 */
export class SideNotes {
  readonly #host: CallPartHost;
  readonly #language: PageLanguage;
  readonly #hint: WindowHint;
  readonly #preview: NumberPreview;
  readonly #shortcut: PhoneShortcut;
  #words: PanelMessages | undefined;
  #key: readonly unknown[] = [];
  #loading = Promise.resolve();
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

  /** To be called before every update; settles when the words are there, or could not be fetched. */
  follow(): Promise<void> {
    const { messages, state } = this.#host;
    const { language } = this.#language;
    if (!state.phase.startsWith('end')) this.#away = state.reach === 'away';
    if (language === this.#key[0] && messages === this.#key[1]) return this.#loading;
    this.#key = [language, messages];
    return (this.#loading = this.#load(language, this.#key));
  }

  async #load(language: Language, key: readonly unknown[]): Promise<void> {
    try {
      const words = await panelWords(this.#host, language);
      if (key !== this.#key) return await this.#loading;
      this.#words = words;
      this.#host.requestUpdate();
    } catch {
      // The next update asks again.
      this.#key = [];
    }
  }

  /** Which keys lead here; empty where the page has set none. For a customer who calls. */
  get wayHere(): string {
    const { text } = this.#shortcut;
    return text && this.#words ? this.#words.side.jump(text) : '';
  }

  /** After what is more pressing. */
  draw(face: FullFace): readonly TemplateResult[] {
    const t = this.#words;
    if (!t || face.missing) return [];
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
