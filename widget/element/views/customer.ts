import { html, nothing, type TemplateResult } from 'lit';
import type { Call } from '../../core/state.ts';
import { spaced } from '../dial-string.ts';

/** A number, always left to right; the tooltip is what a copy should be. */
export function number(call: Call): TemplateResult {
  return html`<bdi dir="ltr" title=${call.number}>${spaced(call.number)}</bdi>`;
}

/** The customer in one line, cut off at its end whichever way it runs: the name, or the number of one without. */
export function customerLine({ name, number }: Call): TemplateResult {
  return html`<p part="customer" class="name" dir=${name ? 'auto' : 'ltr'}>${name ?? spaced(number)}</p>`;
}

/** Who is being spoken to, and the page's own content about them. */
export function customer(call: Call): TemplateResult {
  return html`<div part="customer" class="customer">
    <p class="name">${call.name ? html`<bdi>${call.name}</bdi>` : number(call)}</p>
    ${call.name ? html`<p class="number">${number(call)}</p>` : nothing}
    <slot name="customer"></slot>
  </div>`;
}
