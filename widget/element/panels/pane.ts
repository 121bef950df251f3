import { html, nothing, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../core/state.ts';
import { TROUBLE } from '../icons.ts';
import type { PanelHost } from './panel.ts';

/** Something is on its way. */
export function waiting({ t }: PanelHost): TemplateResult {
  return html`<p class="pane-quiet" role="status">${t.loading}</p>`;
}

/** What is wrong and what to do: the usual advice, or `steps` that lead there. */
export function trouble(host: PanelHost, code: ProblemCode, steps: unknown = nothing): TemplateResult {
  const { title, advice } = host.problems[code];
  return html`<div class="pane-trouble">
    ${TROUBLE}
    <div>
      <p><b>${title}</b></p>
      ${steps === nothing ? html`<p>${advice}</p>` : steps}
    </div>
  </div>`;
}

/** It could not be fetched; the same again is a click. */
export function failed(host: PanelHost, code: ProblemCode, retry: () => void): TemplateResult {
  return html`<div role="alert">${trouble(host, code)}</div>
    <button class="pane-button" @click=${retry}>${host.t.retry}</button>`;
}

/** Keys that write or choose in a field are the field's own: not the dialer's, not the page's. Escape goes on to close. */
export function keepKeys(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing) event.stopPropagation();
}

/** What is pasted into a field is no telephone number. */
export function keepPaste(event: Event): void {
  event.stopPropagation();
}
