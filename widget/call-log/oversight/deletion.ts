import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord, Recording } from '../../../service/contract.ts';
import { BUSY_CIRCLE, DELETE } from '../icons.ts';
import type { LogFace } from '../views/log-face.ts';
import type { Oversight } from './oversight.ts';

function question(oversight: Oversight, face: LogFace, call: CallRecord, recording: Recording): TemplateResult {
  const { t } = face;
  const stage = oversight.stageOf(recording);
  const busy = stage === 'busy';
  const keydown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || busy) return;
    // Else the row would close as well.
    event.stopPropagation();
    oversight.keep();
  };
  return html`<div
    part="delete-question"
    class="sure"
    role="group"
    aria-label=${t.oversight.delete}
    @keydown=${keydown}
  >
    <p>${t.oversight.sure}</p>
    ${stage === 'failed' ? html`<p class="trouble" role="alert">${t.oversight.notDeleted}</p>` : nothing}
    <div class="choice">
      <button type="button" class="quiet keep" aria-disabled=${busy} @click=${() => busy || oversight.keep()}>
        ${t.oversight.keep}
      </button>
      <button
        type="button"
        part="delete-for-good-button"
        class="delete"
        aria-busy=${busy}
        @click=${() => void oversight.delete(call, recording)}
      >
        ${busy ? BUSY_CIRCLE : DELETE}${busy ? t.oversight.deleting : t.oversight.deleteForGood}
      </button>
    </div>
  </div>`;
}

/** The way to delete a recording: a button, then in its place the question whether it is meant. */
export function deletion(oversight: Oversight, face: LogFace, call: CallRecord, recording: Recording): TemplateResult {
  if (oversight.stageOf(recording)) return question(oversight, face, call, recording);
  const { t } = face;
  return html`<button
    type="button"
    part="delete-button"
    class="icon bin"
    title=${t.oversight.delete}
    aria-label=${t.oversight.delete}
    @click=${() => oversight.ask(recording)}
  >
    ${DELETE}
  </button>`;
}
