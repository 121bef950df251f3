import { html, nothing, type TemplateResult } from 'lit';
import { CALL, DONE, HANG_UP, TROUBLE } from '../icons.ts';
import { customer } from './customer.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';
import { timer } from './timer.ts';
import { carrierCode, verdictOf } from './verdict.ts';

/** Over: how it ended, why, and what to do next. Stays until it has been read. */
export function ended(face: CallFace): TemplateResult {
  const { t, state, call } = face;
  const verdict = verdictOf(t, state);
  const answered = call.openedAt !== null && !state.problem;
  const wrongNumber = state.problem?.code.startsWith('number-');
  const sign = state.problem ? TROUBLE : answered ? DONE : HANG_UP;
  return html`<div class="body">
    <div class="centre">
      ${emblem(face, sign)}
      <div>
        <p part="outcome" class="name">${verdict?.title ?? t.phases.ended}</p>
        <p class="muted">${verdict?.advice}</p>
        ${carrierCode(t, state)}
      </div>
      ${call.openedAt === null ? nothing : html`<p>${t.lasted} ${timer(t, call.openedAt, call.endedAt)}</p>`}
    </div>
    ${customer(call)}
    ${
      wrongNumber
        ? html`<button part="edit-button" class="wide accent" @click=${face.edit}>${t.editNumber}</button>`
        : html`<button part="call-button" class="wide call" @click=${face.redial}>${CALL}${t.callAgain}</button>`
    }
    <button part="close-button" class="wide" @click=${face.dismiss}>${t.close}</button>
  </div>`;
}
