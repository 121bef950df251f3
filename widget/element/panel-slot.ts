import type { ReactiveController } from 'lit';
import type { Dialer } from '../core/dialer.ts';
import type { Language } from '../locales/load-locale.ts';
import type { PanelMessages } from '../locales/panels-messages.ts';
import type { CallPartHost } from './call-part.ts';
import type { Desk } from './desk.ts';
import type { PageLanguage } from './page-language.ts';
import type { Panel, PanelController, PanelHost, PanelName } from './panels/panel.ts';

interface Drawn {
  readonly name: PanelName;
  readonly language: Language;
  readonly title: string;
  readonly controller: PanelController;
}

/** The element's phone for a panel: what a panel saves of a call, the element tells the page. */
function dialerOf(host: CallPartHost, dialer: Dialer): Dialer {
  const saveWrapUp: Dialer['saveWrapUp'] = (...args) => host.saveWrapUp(...args);
  return new Proxy(dialer, {
    get(target, key) {
      if (key === 'saveWrapUp') return saveWrapUp;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Where one panel at a time is drawn: fetched when it is first opened, closed with whatever it holds when it goes. */
export class PanelSlot implements ReactiveController {
  /** The panel, or `null` while it is being fetched; `failed` when it could not be. */
  drawn: Drawn | 'failed' | null = null;
  readonly #host: CallPartHost;
  readonly #desk: Desk;
  readonly #language: PageLanguage;
  readonly #dialers = new WeakMap<Dialer, Dialer>();
  #wanted: PanelName | null = null;
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

  /** Draws another panel from now on, or none. */
  want(name: PanelName | null): void {
    const { drawn } = this;
    if (name === this.#wanted && (!drawn || drawn === 'failed' || drawn.language === this.#language.language)) return;
    this.#close();
    this.#wanted = name;
    if (name) this.#loading = this.#load(name);
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

  async #load(name: PanelName): Promise<void> {
    const { language } = this.#language;
    const current = () => name === this.#wanted && language === this.#language.language && !this.drawn;
    try {
      const { PANELS, loadPanelMessages } = await import('./panels/panels.ts');
      const [panel, words] = await Promise.all([PANELS[name](), loadPanelMessages(language)]);
      const t = await this.#language.panelWords(words);
      const { dialer } = this.#host;
      if (!current() || !dialer) return;
      this.#style(panel);
      this.drawn = { name, language, title: panel.title(t), controller: panel.create(this.#panelHost(t, dialer)) };
    } catch {
      if (!current()) return;
      this.drawn = 'failed';
    }
    this.#host.requestUpdate();
  }

  #style({ styles }: Panel): void {
    const { shadowRoot } = this.#host;
    if (!shadowRoot) return;
    const sheets = styles.flatMap(({ styleSheet }) => styleSheet ?? []);
    shadowRoot.adoptedStyleSheets = [...new Set([...shadowRoot.adoptedStyleSheets, ...sheets])];
  }

  #panelHost(t: PanelMessages, first: Dialer): PanelHost {
    const host = this.#host;
    const desk = this.#desk;
    const language = this.#language;
    const dialers = this.#dialers;
    return {
      t,
      lang: t.lang,
      get dialer() {
        const dialer = host.dialer ?? first;
        const told = dialers.get(dialer) ?? dialerOf(host, dialer);
        dialers.set(dialer, told);
        return told;
      },
      get state() {
        return host.state;
      },
      get numerals() {
        return host.numerals;
      },
      get problems() {
        return language.words!.problems;
      },
      get updateComplete() {
        return host.updateComplete;
      },
      addController: (controller) => host.addController(controller),
      removeController: (controller) => host.removeController(controller),
      requestUpdate: () => host.requestUpdate(),
      dial: (to, options = {}) => host.dial(to, options),
      open: (name) => desk.openPanel(name),
      close: () => {
        if (desk.panel) desk.closePanel();
        else host.dialer?.dismiss();
      },
      openPhoneWindow: () => void host.dialer?.openPhoneWindow(language.language),
    };
  }
}
