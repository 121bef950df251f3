import { html, nothing, type TemplateResult } from 'lit';
import { CALL, CLOSE, UP } from '../icons.ts';
import { hangUpButton, muteButton } from './call.ts';
import { customerLine } from './customer.ts';
import { dot } from './emblem.ts';
import type { Face } from './face.ts';
import { timer } from './timer.ts';
import { verdictOf } from './verdict.ts';

/** The element made small: a launcher between calls; name, time, mute and hang-up in a call. */
export function pill(face: Face): TemplateResult {
  const { t, state, toggleCollapsed } = face;
  const { phase, call } = state;
  if (!call) {
    return html`<button part="launcher" class="launcher" aria-label=${t.expand} @click=${toggleCollapsed}>
      ${CALL}
    </button>`;
  }
  const talking = phase === 'open' || phase === 'reconnecting';
  const words = phase === 'ended' ? verdictOf(t, state)?.title : phase === 'open' ? nothing : t.phases[phase];
  return html`<div class="pill">
    <div class="summary">
      ${customerLine(call)}
      <p class="muted">${dot(face)}${talking ? timer(t, call.openedAt, null) : nothing} ${words}</p>
    </div>
    ${talking ? muteButton({ ...face, call }, false) : nothing}
    ${
      phase === 'ended'
        ? html`<button part="close-button" class="icon" aria-label=${t.close} @click=${face.dismiss}>${CLOSE}</button>`
        : nothing
    }
    <button part="expand-button" class="icon" aria-label=${t.expand} @click=${toggleCollapsed}>${UP}</button>
    ${talking || phase === 'dialing' || phase === 'ringing' ? hangUpButton({ ...face, call }, false) : nothing}
  </div>`;
}
