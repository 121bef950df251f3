import { html, nothing, type TemplateResult } from 'lit';
import { WINDOW } from './icons.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';

/** Opens the phone window or brings it up; where the browser does not, `failed` is drawn. */
export class WindowOpener {
  readonly #host: PanelHost;
  #failed = false;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  readonly open = async (): Promise<void> => {
    this.#failed = !(await this.#host.openPhoneWindow());
    this.#host.requestUpdate();
  };

  /** What to do instead; empty unless it failed. */
  get failed(): string {
    const { state, t } = this.#host;
    if (!this.#failed) return '';
    return state.place === 'phone-window' ? t.window.hidden : t.window.blocked;
  }
}

class WherePhoneIs implements PanelController {
  readonly #panel: Panel;
  readonly #host: PanelHost;
  readonly #about: 'audio' | 'check';
  readonly #opener: WindowOpener;
  #here: PanelController | undefined;

  constructor(panel: Panel, host: PanelHost, about: 'audio' | 'check') {
    this.#panel = panel;
    this.#host = host;
    this.#about = about;
    this.#opener = new WindowOpener(host);
  }

  render(): TemplateResult {
    const { state, t } = this.#host;
    if (state.place !== 'phone-window') return (this.#here ??= this.#panel.create(this.#host)).render();
    this.close();
    const { failed } = this.#opener;
    return html`<div class="pane">
      <div class="pane-empty">
        <p><b>${t.window.there[this.#about].title}</b></p>
        <p>${t.window.there[this.#about].advice}</p>
        <button class="pane-button pane-main" @click=${this.#opener.open}>${WINDOW}${t.window.bringUp}</button>
        <p role="status">${failed || nothing}</p>
      </div>
    </div>`;
  }

  close(): void {
    this.#here?.close();
    this.#here = undefined;
  }
}

/**
 * A panel that is about the sound of the page that has the phone. While that is the phone window, whose devices, leave and
 * line are its own origin's, the panel leads there.
 */
export function whereThePhoneIs(panel: Panel, about: 'audio' | 'check'): Panel {
  return { ...panel, create: (host) => new WherePhoneIs(panel, host, about) };
}
