import type { ReactiveController } from 'lit';
import type { Dialer } from '../core/dialer.ts';
import type { CallPartHost } from './call-part.ts';
import type { Desk } from './desk.ts';
import type { PageLanguage } from './page-language.ts';
import type { PanelController, PanelName } from './panels/panel.ts';

interface Drawn {
  readonly title: string;
  readonly controller: PanelController;
}

/** Where one panel at a time is drawn: fetched when it is first opened, closed with whatever it holds when it goes. */
export class PanelSlot implements ReactiveController {
  /** The panel, or `null` while it is being fetched; `failed` when it could not be. */
  drawn: Drawn | 'failed' | null = null;
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  #wanted: PanelName | null = null;
  /** What the panel that was asked for last is of: another language or another agent's phone is another panel. */
  #key: readonly unknown[] = [];
  #loading: Promise<void> | undefined;

  constructor(host: CallPartHost, desk: Desk, language: PageLanguage) {
    this.#host = host;
    this.#desk = desk;
    this.#language = language;
    host.addController(this);
  }

  /** Settles when what was wanted last is there, or could not be fetched. */
  get ready(): Promise<void> {
    return this.#loading ?? Promise.resolve();
  }

  /** Draws another panel from now on, or none: none outside of the page, and none before there is a phone. */
  want(name: PanelName | null): void {
    const { dialer, isConnected } = this.#host;
    const key = [isConnected && name, this.#language.language, dialer];
    if (key.every((value, index) => value === this.#key[index])) return;
    this.#close();
    this.#key = key;
    this.#wanted = name;
    if (key[0] && name && dialer) this.#loading = this.#load(name, dialer, key);
  }

  readonly retry = (): void => {
    const name = this.#wanted;
    this.want(null);
    this.want(name);
    this.#host.requestUpdate();
  };

  hostDisconnected(): void {
    // A move is a disconnection too: what is written survives it.
    queueMicrotask(() => this.#host.isConnected || this.want(null));
  }

  #close(): void {
    if (this.drawn && this.drawn !== 'failed') this.drawn.controller.close();
    this.drawn = null;
  }

  async #load(name: PanelName, dialer: Dialer, key: readonly unknown[]): Promise<void> {
    const { language } = this.#language;
    try {
      const { PANELS, panelHost, panelWords, wear } = await import('./panels/panels.ts');
      const [panel, t] = await Promise.all([PANELS[name](), panelWords(this.#host, language)]);
      if (key !== this.#key) return;
      wear(panel, this.#host);
      const parts = { host: this.#host, desk: this.#desk, language: this.#language, t, dialer };
      this.drawn = { title: panel.title(t), controller: panel.create(panelHost(parts)) };
    } catch {
      if (key !== this.#key) return;
      this.drawn = 'failed';
    }
    this.#host.requestUpdate();
  }
}
