import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict } from '../../locales/messages.ts';
import { TROUBLE } from '../icons.ts';

/** Trouble, in amber: what is wrong and what to do. */
export function banner({ title, advice }: Verdict, end: unknown = nothing): TemplateResult {
  return html`<div part="banner" class="banner">
    ${TROUBLE}
    <p><b>${title}</b><br />${advice}</p>
    ${end}
  </div>`;
}
