import { html, nothing, type TemplateResult } from 'lit';
import { CALL, CLOSE, ERASE } from '../icons.ts';
import { banner } from './banner.ts';
import type { Face } from './face.ts';
import { keypad } from './keypad.ts';

/** Ready: the number field, the keypad, the call button, and why the last request came to nothing. */
export function idle(face: Face): TemplateResult {
  const { t, desk, state } = face;
  const close = html`<button class="icon" aria-label=${t.close} @click=${face.dismiss}>${CLOSE}</button>`;
  return html`<div class="body" @focusin=${face.prepare} @pointerdown=${face.prepare}>
    ${state.problem ? banner(t.problems[state.problem.code], close) : nothing}
    <div class="field" dir="ltr">
      <input
        part="field"
        type="text"
        inputmode="tel"
        autocomplete="off"
        enterkeyhint="go"
        aria-label=${t.numberField}
        placeholder=${t.numberHint}
        .value=${desk.draft}
        @input=${desk.type}
      />
      ${desk.draft ? html`<button class="icon" aria-label=${t.erase} @click=${desk.erase}>${ERASE}</button>` : nothing}
    </div>
    ${keypad(face)}
    <button part="call-button" class="wide call" ?disabled=${!desk.draft} @click=${desk.dialDraft}>
      ${CALL}${t.call}
    </button>
  </div>`;
}
