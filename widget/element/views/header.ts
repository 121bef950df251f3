import { html, type TemplateResult } from 'lit';
import { DOWN } from '../icons.ts';
import type { Face } from './face.ts';

/** The state in a word beside its dot, and the way to make the element small. */
export function header({ t, state, missing, toggleCollapsed }: Face): TemplateResult {
  const setup = missing && state.phase === 'idle';
  const muted = state.phase === 'open' && state.call?.muted;
  const words = setup ? t.setup.title : muted ? t.muted : t.phases[state.phase];
  return html`<header part="header">
    <i class="dot ${setup || muted ? 'reconnecting' : state.phase}"></i>
    <span part="status">${words}</span>
    <button part="collapse-button" class="icon" aria-label=${t.collapse} @click=${toggleCollapsed}>${DOWN}</button>
  </header>`;
}
