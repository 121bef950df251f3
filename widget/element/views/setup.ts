import { html, type TemplateResult } from 'lit';
import { TROUBLE } from '../icons.ts';
import { emblem } from './emblem.ts';
import type { FullFace } from './face.ts';

const ATTRIBUTES = { service: 'service="https://…"', auth: 'auth-endpoint="https://…"' };

/** Instead of a phone that cannot work: what the page has still to say. */
export function setup(face: FullFace): TemplateResult {
  const { t, missing } = face;
  const what = missing ?? 'service';
  return html`<div class="body">
    <div class="centre">
      ${emblem(face, TROUBLE)}
      <p class="name">${t.problems['service-not-set'].title}</p>
      <p class="muted">${t.setup[what]}</p>
      <code dir="ltr">${ATTRIBUTES[what]}</code>
    </div>
  </div>`;
}
