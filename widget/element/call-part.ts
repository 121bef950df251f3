import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Dialer, DialerSettings } from '../core/dialer.ts';
import type { DialerState } from '../core/state.ts';
import type { LookUpContact } from './contact-look-up.ts';
import type { Desk } from './desk.ts';
import type { DockedHost } from './makes-way.ts';
import type { FirstMessages } from '../locales/messages.ts';
import { plainlyHeard, type Heard } from './live-regions.ts';
import type { Numerals } from './numerals.ts';
import type { PageLanguage } from './page-language.ts';
import type { PanelName } from './panels/panel.ts';
import type { CallDrawing } from './views/call-drawing.ts';
import type { Face } from './views/face.ts';
import { idle } from './views/idle.ts';
import { launcher } from './views/launcher.ts';
import { plain } from './views/plain.ts';

/** What the views of calls need of the element. */
export interface CallPartHost extends DockedHost {
  readonly state: DialerState;
  readonly dialer: Dialer | undefined;
  readonly settings: DialerSettings | null;
  readonly words: FirstMessages | undefined;
  readonly numerals: Numerals;
  readonly lookupContact: LookUpContact | undefined;
  dial(to: string, options: { name?: string | undefined }): void;
  saveWrapUp: Dialer['saveWrapUp'];
}

/**
 * Brings what is drawn of calls and of trouble when it is wanted: at the first sign of either, else when the page has
 * nothing to do. Until it is there, a call is drawn plainly: who, what, and what takes or ends it.
 */
export class CallPart implements ReactiveController {
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  #drawing: CallDrawing | undefined;
  #loading: Promise<void> | undefined;
  #expected = false;

  constructor(host: CallPartHost, desk: Desk, language: PageLanguage) {
    this.#host = host;
    this.#desk = desk;
    this.#language = language;
    host.addController(this);
  }

  /** Settles when what was wanted is there, or could not be fetched. */
  get ready(): Promise<unknown> {
    return Promise.all([this.#loading, this.#drawing?.ready]);
  }

  readonly want = (): void => {
    this.#language.wantCalls();
    this.#loading ??= this.#load();
  };

  hostUpdated(): void {
    if (this.#expected) return;
    this.#expected = true;
    if ('requestIdleCallback' in window) requestIdleCallback(this.want);
    else setTimeout(this.want, 1000);
  }

  hostDisconnected(): void {
    this.#drawing?.rest();
  }

  /** To be called before every update. */
  follow(panel: PanelName | null): void {
    const { words } = this.#language;
    if (words) this.#drawing?.follow(panel, words);
  }

  draw(face: Face, collapsed: boolean): TemplateResult {
    const { call } = face.state;
    const { words } = this.#language;
    if (this.#drawing && words) return this.#drawing.draw({ ...face, t: words }, collapsed);
    if (call) return plain(face, call);
    if (collapsed) return launcher(face);
    return face.missing || this.#desk.panel ? html`<div class="body"><p class="skeleton"></p></div>` : idle(face);
  }

  heard(face: Face): Heard {
    const { words } = this.#language;
    return this.#drawing && words ? this.#drawing.heard({ ...face, t: words }) : plainlyHeard(face);
  }

  async #load(): Promise<void> {
    try {
      const { CallDrawing } = await import('./views/call-drawing.ts');
      this.#drawing = new CallDrawing(this.#host, this.#desk, this.#language);
      this.#host.requestUpdate();
    } catch {
      // The next update that needs it asks again.
      this.#loading = undefined;
    }
  }
}
