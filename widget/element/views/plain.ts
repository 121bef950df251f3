import { html, nothing, type TemplateResult } from 'lit';
import { isLive, type Call } from '../../core/state.ts';
import { CALL, CLOSE, HANG_UP } from '../first-icons.ts';
import type { Face } from './face.ts';
import { statusOf } from './status.ts';
import { toneOf } from './tone.ts';
import { who, whoDir } from './who.ts';

/** Answers, or declines by the one red button. */
export function answerButtons({ t, answer, decline }: Face, call: Call, label: boolean): TemplateResult {
  const kind = label ? 'wide' : 'icon';
  return html`<button
      part="decline-button"
      class="hang-up ${kind}"
      aria-label=${t.decline}
      aria-keyshortcuts="D"
      @click=${() => decline(call)}
    >
      ${HANG_UP}${label ? t.decline : nothing}
    </button>
    <button
      part="answer-button"
      class="call ${kind}"
      aria-label=${t.answer}
      aria-keyshortcuts="A"
      @click=${() => answer(call)}
    >
      ${CALL}${label ? t.answer : nothing}
    </button>`;
}

export function hangUpButton({ t, hangUp }: Face, label: boolean): TemplateResult {
  return html`<button
    part="hang-up-button"
    class="hang-up ${label ? 'wide' : 'icon'}"
    aria-label=${t.hangUp}
    @click=${hangUp}
  >
    ${HANG_UP}${label ? t.hangUp : nothing}
  </button>`;
}

interface PlainParts {
  /** In place of the state's word. */
  readonly words?: unknown;
  /** Before what ends the call. */
  readonly buttons?: unknown;
}

/** Who, and what the phone is doing. */
export function summary(face: Face, call: Call, words: unknown): TemplateResult {
  return html`<div class="summary">
    <p part="customer" class="who" dir=${whoDir(call)}>${who(face.t, call)}</p>
    <p class="muted"><i class="dot ${toneOf(face)}"></i>${words}</p>
  </div>`;
}

/** A call in one row: who, what, and what takes or ends it. */
export function plain(face: Face, call: Call, { words, buttons }: PlainParts = {}): TemplateResult {
  const { t, state } = face;
  const { phase } = state;
  const ends =
    phase === 'incoming' && !call.accepting
      ? answerButtons(face, call, false)
      : phase === 'ended'
        ? html`<button part="close-button" class="icon" aria-label=${t.close} @click=${face.dismiss}>${CLOSE}</button>`
        : isLive(state) && phase !== 'ending'
          ? hangUpButton(face, false)
          : nothing;
  return html`<div class="pill">${summary(face, call, words ?? statusOf(face))}${buttons}${ends}</div>`;
}
