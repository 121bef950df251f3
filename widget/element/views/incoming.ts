import { html, nothing, type TemplateResult } from 'lit';
import { BELL, BELL_OFF, INCOMING } from '../icons.ts';
import { customer } from './customer.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';
import { notes } from './notes.ts';
import { answerButtons, hangUpButton } from './plain.ts';

/** A customer calls: who; take it, pass it on, or quiet the ringtone. It asks for no focus. */
export function incoming(face: CallFace): TemplateResult {
  const { t, call, state, dialer } = face;
  const silenced = state.ring === 'silenced';
  return html`<div class="body">
    ${notes(face)}
    <div class="centre">${emblem(face, INCOMING, call.accepting ? '' : 'ringing')}${customer(face)}</div>
    ${
      call.accepting
        ? hangUpButton(face, true)
        : html`${
              state.ring === 'off'
                ? nothing
                : html`<button
                    part="silence-button"
                    class="wide quiet-button"
                    aria-keyshortcuts="S"
                    ?disabled=${silenced}
                    @click=${() => dialer?.silence()}
                  >
                    ${silenced ? BELL_OFF : BELL}${silenced ? t.silenced : t.silence}
                  </button>`
            }
            <div class="pair last">${answerButtons(face, call, true)}</div>`
    }
  </div>`;
}
