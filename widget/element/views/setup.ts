import { html, type TemplateResult } from 'lit';
import type { Face } from './face.ts';
import { SETTINGS } from '../icons.ts';
import { emblem } from './emblem.ts';

const ATTRIBUTES = { service: 'service="https://…"', auth: 'auth-endpoint="https://…"' };

/** Instead of a phone that cannot work: what the page has still to say. */
export function setup({ t, missing }: Face): TemplateResult {
  const what = missing ?? 'service';
  return html`<div class="body">
    <div class="centre">
      ${emblem(SETTINGS, 'trouble')}
      <p class="name">${t.setup.title}</p>
      <p class="muted">${t.setup[what]}</p>
      <code dir="ltr">${ATTRIBUTES[what]}</code>
    </div>
  </div>`;
}
