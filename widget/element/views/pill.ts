import { html, nothing, type TemplateResult } from 'lit';
import { UP } from '../icons.ts';
import { muteButton, recordingMark } from './conversation.ts';
import type { CallFace } from './face.ts';
import { plain } from './plain.ts';
import { timer } from './timer.ts';
import { verdictOf } from './verdict.ts';

/** A call in one row: name, time, mute and hang-up; or what takes it. */
export function callBar(face: CallFace, end: unknown = nothing): TemplateResult {
  const { t, state, call } = face;
  const { phase } = state;
  const talking = phase === 'open' || phase === 'reconnecting';
  const waits = state.waiting && html`<span part="waiting" class="waits">${t.waiting}</span>`;
  const over = phase === 'ended' ? verdictOf(t, state)?.title : undefined;
  const heard = call.muted ? undefined : recordingMark(face);
  return plain(face, call, {
    // Where words press, the little room is theirs.
    more: phase === 'open' && !waits ? [timer(face, call.openedAt), ' '] : nothing,
    words: waits ?? over ?? (phase === 'open' ? heard : undefined),
    buttons: html`${talking ? muteButton(face, false) : nothing}${end}`,
  });
}

/** The element made small during a call. */
export function pill(face: CallFace): TemplateResult {
  const { t, toggleCollapsed } = face;
  return callBar(
    face,
    html`<button part="expand-button" class="icon" aria-label=${t.expand} @click=${toggleCollapsed}>${UP}</button>`,
  );
}
