import { html, nothing, type TemplateResult } from 'lit';
import { CALL } from '../first-icons.ts';
import type { FullFace } from './face.ts';
import { who, whoDir } from './who.ts';

/** A second customer, offered while the agent has a call: who, end this one and answer, or decline. */
export function waitingCall(face: FullFace): TemplateResult | typeof nothing {
  const { t, state, answer, decline } = face;
  const { waiting } = state;
  if (!waiting) return nothing;
  return html`<div part="waiting" class="waiting" role="group" aria-label=${t.waiting}>
    <p><small>${t.waiting}</small></p>
    <p class="who" dir=${whoDir(waiting)}>${who(t, waiting)}</p>
    <div class="pair">
      <button part="decline-button" class="slim" ?disabled=${waiting.accepting} @click=${() => decline(waiting)}>
        ${t.decline}
      </button>
      <button part="answer-button" class="slim call" ?disabled=${waiting.accepting} @click=${() => answer(waiting)}>
        ${CALL}${waiting.accepting ? t.accepting : t.endAndAnswer}
      </button>
    </div>
  </div>`;
}
