import { html, type TemplateResult } from 'lit';
import type { Face } from './face.ts';
import { toneOf } from './tone.ts';

/** The sign of a phase, tinted by what it means. */
export function emblem(face: Face, icon: TemplateResult): TemplateResult {
  return html`<div class="emblem ${toneOf(face)}">${icon}</div>`;
}

/** The same in small, beside the word. */
export function dot(face: Face): TemplateResult {
  return html`<i class="dot ${toneOf(face)}"></i>`;
}
