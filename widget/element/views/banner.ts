import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict } from '../../locales/messages.ts';
import { TROUBLE } from '../icons.ts';

/** Trouble, in amber: what is wrong and what to do. */
export function banner({ title, advice }: Verdict, end: unknown = nothing, below: unknown = nothing): TemplateResult {
  return html`<div part="banner" class="banner">
    ${TROUBLE}
    <p><b>${title}</b><br />${advice}${below}</p>
    ${end}
  </div>`;
}

/** The same without alarm: something to know, with what can be done about it below. */
export function notice({ title, advice }: Verdict, end: unknown = nothing, below: unknown = nothing): TemplateResult {
  return html`<div part="notice" class="banner plain">
    <p><b>${title}</b><br />${advice}${below}</p>
    ${end}
  </div>`;
}
