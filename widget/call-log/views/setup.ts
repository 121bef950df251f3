import { html, type TemplateResult } from 'lit';
import type { CallLogMessages } from '../../locales/call-log-messages.ts';
import { TROUBLE } from '../icons.ts';

/** What the page has still to add to the element. */
export function setup({ setup }: CallLogMessages, missing: 'service' | 'auth'): TemplateResult {
  const attribute = missing === 'service' ? 'service' : 'auth-endpoint';
  return html`<div part="setup" class="blank">
    <span class="emblem trouble">${TROUBLE}</span>
    <p>${setup[missing]}</p>
    <code dir="ltr">${attribute}="https://…"</code>
  </div>`;
}
