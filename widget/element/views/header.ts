import { html, type TemplateResult } from 'lit';
import { DOWN } from '../icons.ts';
import { dot } from './emblem.ts';
import type { Face } from './face.ts';

/** The state in a word beside its dot, and the way to make the element small. */
export function header(face: Face): TemplateResult {
  const { t, state, missing, toggleCollapsed } = face;
  const { phase, call } = state;
  const words =
    missing && phase === 'idle'
      ? t.problems['service-not-set'].title
      : phase === 'open' && call?.muted
        ? t.muted
        : t.phases[phase];
  return html`<header part="header">
    ${dot(face)}
    <span part="status">${words}</span>
    <button part="collapse-button" class="icon" aria-label=${t.collapse} @click=${toggleCollapsed}>${DOWN}</button>
  </header>`;
}
