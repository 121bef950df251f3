import { html, nothing, type TemplateResult } from 'lit';
import { CALL, ERASE, RECENTS } from '../first-icons.ts';
import type { Face } from './face.ts';
import { keypad } from './keypad.ts';

/** Ready: what there is to say, the number field, the keypad and the call button. */
export function idle(face: Face, notes: unknown = nothing): TemplateResult {
  const { t, desk } = face;
  return html`<div class="body" @focusin=${face.prepare} @pointerdown=${face.prepare}>
    ${notes}
    <div class="field" dir="ltr">
      <button part="recents-button" class="icon" aria-label=${t.recents} @click=${() => desk.openPanel('recents')}>
        ${RECENTS}
      </button>
      <input
        part="field"
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
