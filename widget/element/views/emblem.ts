import { html, type TemplateResult } from 'lit';
import type { Face } from './face.ts';
import { toneOf } from './tone.ts';

/** The sign of a phase, tinted by what it means. */
export function emblem(face: Face, icon: TemplateResult, kind = ''): TemplateResult {
  return html`<div class="emblem ${toneOf(face)} ${kind}">${icon}</div>`;
}
