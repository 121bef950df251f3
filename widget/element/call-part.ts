import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Dialer, DialerSettings, DialOptions } from '../core/dialer.ts';
import { isLive, type DialerState } from '../core/state.ts';
import type { OwnMessages } from '../locales/own-messages.ts';
import type { LookUpContact } from './contact-look-up.ts';
import type { Desk } from './desk.ts';
import type { DockedHost } from './makes-way.ts';
import type { FirstMessages } from '../locales/messages.ts';
import { plainlyHeard, type Heard } from './live-regions.ts';
import type { Numerals } from './numerals.ts';
import type { PageLanguage, Wanted } from './page-language.ts';
import type { PanelName } from './panels/panel.ts';
import type { CallDrawing } from './views/call-drawing.ts';
import type { Face } from './views/face.ts';
import { idle } from './views/idle.ts';
import { launcher } from './views/launcher.ts';
import { plain } from './views/plain.ts';
import type { TalkDrawing } from './views/talk-drawing.ts';

/** What the views of calls need of the element. */
export interface CallPartHost extends DockedHost {
  readonly state: DialerState;
  readonly dialer: Dialer | undefined;
  readonly settings: DialerSettings | null;
  readonly words: FirstMessages | undefined;
  readonly numerals: Numerals;
  readonly pauseForWrapUp: boolean;
  readonly shortcut: string | undefined;
  readonly lookupContact: LookUpContact | undefined;
  /** What customers see: the element shows and changes it. */
  callerId: string | undefined;
  readonly messages: OwnMessages | undefined;
  dial(to: string, options?: DialOptions): void;
  saveWrapUp: Dialer['saveWrapUp'];
}

/**
 * Brings what is drawn of calls and of trouble when it is wanted: at the first sign of either, else when the page has
 * nothing to do. A call that sets out waits for what it is drawn in itself; until that is there, it is drawn plainly:
 * who, what, and what takes or ends it.
 */
export class CallPart implements ReactiveController {
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  #talk: TalkDrawing | undefined;
  #talkLoading: Promise<void> | undefined;
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
    return Promise.all([this.#talkLoading, this.#loading, this.#drawing?.ready]);
  }

  want(what: Wanted): void {
    this.#language.want(what);
    this.#talkLoading ??= this.#loadTalk();
    if (what === 'all') this.#loading ??= this.#load();
  }

  hostUpdated(): void {
    if (this.#expected) return;
    this.#expected = true;
    const want = () => this.want('all');
    if ('requestIdleCallback' in window) requestIdleCallback(want);
    else setTimeout(want, 1000);
  }

  hostDisconnected(): void {
    this.#drawing?.rest();
  }

  /** To be called before every update, with the panel that the agent has opened and what the page has not said yet. */
  follow(panel: PanelName | null, collapsed: boolean, missing: Face['missing']): void {
    const { phase, problem, reach, place, notice } = this.#host.state;
    const trouble = problem || notice || missing || place !== 'here' || (reach !== 'off' && reach !== 'ready');
    const setsOut = phase === 'dialing' && !this.#host.lookupContact;
    if (trouble || panel || (phase !== 'idle' && !setsOut)) this.want('all');
    else if (setsOut) this.want('talk');
    const { words } = this.#language;
    if (words) this.#drawing?.follow(collapsed ? null : panel, words);
  }

  draw(face: Face, collapsed: boolean): TemplateResult {
    const { call, phase } = face.state;
    const { words, talk } = this.#language;
    if (this.#drawing && words) return this.#drawing.draw({ ...face, t: words }, collapsed);
    const underWay = isLive(face.state) && phase !== 'incoming' && !collapsed && !this.#desk.panel;
    if (call && this.#talk && talk && underWay) return this.#talk.draw({ ...face, t: talk, call });
    if (call) return plain(face, call);
    if (collapsed) return launcher(face);
    return face.missing || this.#desk.panel ? html`<div class="body"><p class="skeleton"></p></div>` : idle(face);
  }

  heard(face: Face): Heard {
    const { words } = this.#language;
    return this.#drawing && words ? this.#drawing.heard({ ...face, t: words }) : plainlyHeard(face);
  }

  async #loadTalk(): Promise<void> {
    try {
      const { TalkDrawing } = await import('./views/talk-drawing.ts');
      this.#talk = new TalkDrawing(this.#host);
      this.#host.requestUpdate();
    } catch {
      // The next update that needs it asks again.
      this.#talkLoading = undefined;
    }
  }

  async #load(): Promise<void> {
    try {
      const [{ CallDrawing }] = await Promise.all([import('./views/call-drawing.ts'), this.#talkLoading]);
      this.#drawing = new CallDrawing(this.#host, this.#desk, this.#language);
      this.#host.requestUpdate();
    } catch {
      this.#loading = undefined;
    }
  }
}
