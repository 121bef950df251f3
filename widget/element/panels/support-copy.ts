import { html, nothing, type TemplateResult } from 'lit';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { DONE } from '../icons.ts';
import { COPY } from './icons.ts';

export { supportCopyStyles } from './styles/support-copy.ts';

/** Copies a report for support; where the browser gives no clipboard, shows it to be copied by hand. */
export class SupportCopy {
  readonly #host: { requestUpdate(): void };
  /** The report that the clipboard has, or could not take. */
  #report = '';
  #copied = false;

  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  async #copy(report: string): Promise<void> {
    this.#copied = await navigator.clipboard.writeText(report).then(
      () => true,
      () => false,
    );
    this.#report = report;
    this.#host.requestUpdate();
  }

  /** What came of it. */
  result(t: PanelMessages): TemplateResult {
    const byHand = html`<label class="pane-label"
      >${t.check.copyByHand}
      <textarea class="pane-report" dir="ltr" lang="en" readonly rows="6" .value=${this.#report}></textarea>
    </label>`;
    return html`<p class="pane-heard" role="status">${this.#copied ? t.check.copied : ''}</p>
      ${this.#report && !this.#copied ? byHand : nothing}`;
  }

  /** `kind` is its classes; without a `label` it is an icon. */
  button(t: PanelMessages, report: () => string, kind: string, label = true): TemplateResult {
    return html`<button class=${kind} aria-label=${label ? nothing : t.check.copy} @click=${() => this.#copy(report())}>
      ${this.#copied ? DONE : COPY}${label ? (this.#copied ? t.check.copied : t.check.copy) : nothing}
    </button>`;
  }
}
