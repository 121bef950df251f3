import { html, nothing, type TemplateResult } from 'lit';
import { BELL, BELL_OFF, UP } from '../icons.ts';
import { muteButton } from '../views/conversation.ts';
import type { CallFace } from '../views/face.ts';
import { answerButtons, plain, summary } from '../views/plain.ts';
import { timer } from '../views/timer.ts';
import { verdictOf } from '../views/verdict.ts';
import { waitingCall } from '../views/waiting.ts';
import { told, type Told } from './told.ts';

function silenceButton({ t, state, dialer }: CallFace): TemplateResult | typeof nothing {
  if (state.ring === 'off') return nothing;
  const silenced = state.ring === 'silenced';
  return html`<button
    part="silence-button"
    class="icon"
    aria-label=${silenced ? t.silenced : t.silence}
    aria-keyshortcuts="S"
    ?disabled=${silenced}
    @click=${() => dialer?.silence()}
  >
    ${silenced ? BELL_OFF : BELL}
  </button>`;
}

interface RowParts {
  /** Of the recording. */
  readonly mark: unknown;
  readonly end?: unknown;
}

/** A call in one row: name, time, mute and hang-up; or what takes it, in a row below. */
function row(face: CallFace, { mark, end = nothing }: RowParts): TemplateResult {
  const { t, state, call } = face;
  const { phase } = state;
  if (phase === 'incoming' && !call.accepting) {
    return html`<div class="pill">${summary(face, call, t.phases.incoming)}${silenceButton(face)}${end}</div>
      <div class="pair answers">${answerButtons(face, call, true)}</div>`;
  }
  const talking = phase === 'open' || phase === 'reconnecting';
  // That a recording is paused has a line of its own.
  const beside = call.muted && !call.recordingPaused ? nothing : mark;
  const over = phase === 'ended' ? verdictOf(t, state)?.title : undefined;
  return plain(face, call, {
    words: phase === 'open' ? [timer(face, call.openedAt), ' ', call.muted ? t.muted : nothing, beside] : over,
    buttons: html`${talking ? muteButton(face, false) : nothing}${end}`,
  });
}

/**
 * All of a call in little room: above the row what nobody may miss, and a second customer who calls. `open` shows the
 * phone's own face, where all of it is said.
 */
export function bar(face: CallFace, said: readonly Told[], open: () => void, parts: RowParts): TemplateResult {
  return html`${said.map((each) => told(each, open))}${waitingCall(face)}${row(face, parts)}`;
}

/** What makes the pill the panel again. */
export function expandButton({ t }: CallFace, open: () => void): TemplateResult {
  return html`<button part="expand-button" class="icon" aria-label=${t.expand} @click=${open}>${UP}</button>`;
}
