import { html, nothing, type TemplateResult } from 'lit';
import { isLive } from '../../core/state.ts';
import { BACK } from '../icons.ts';
import type { PanelSlot } from '../panel-slot.ts';
import type { FullFace } from './face.ts';

/** The panel; until it is there a line that stands for it, and if it cannot be fetched, that and another try. */
export function panelContent({ t }: FullFace, slot: PanelSlot): unknown {
  if (slot.drawn === 'failed') {
    return html`<p class="muted">${t.loadFailed}</p>
      <button part="retry-button" class="slim" @click=${slot.retry}>${t.retry}</button>`;
  }
  return slot.drawn?.controller.render() ?? html`<p class="skeleton" role="status" aria-label=${t.loading}></p>`;
}

/** A panel in the place of the phone's own face: its title, the way back, and the call, if there is one, below. */
export function panelFrame(face: FullFace, slot: PanelSlot): TemplateResult {
  const { t, desk, state, asides } = face;
  const { call } = state;
  const title = slot.drawn && slot.drawn !== 'failed' ? slot.drawn.title : '';
  return html`<div class="bar">
      <button part="back-button" class="icon back" aria-label=${t.back} @click=${desk.closePanel}>${BACK}</button>
      <h2>${title}</h2>
    </div>
    <div class="slot">${panelContent(face, slot)}</div>
    ${call && isLive(state) ? html`<div class="foot">${asides?.foot({ ...face, call })}</div>` : nothing}`;
}
