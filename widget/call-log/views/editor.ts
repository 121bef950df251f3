import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord } from '../../../service/contract.ts';
import { BUSY_CIRCLE, DONE, TROUBLE } from '../icons.ts';
import type { Draft, DraftField } from '../note-drafts.ts';
import { fieldText, latestTime, timeProblem } from '../../element/panels/call-back-time.ts';
import { MOST_NOTE_CHARACTERS } from '../../joined-note.ts';
import type { LogFace } from './log-face.ts';

/** What became of a field: the service has it only once this says so. */
function told({ t, save }: LogFace, call: CallRecord, field: DraftField, draft: Draft | undefined): TemplateResult {
  const { phase, value = '' } = draft ?? {};
  const failed = value.length > MOST_NOTE_CHARACTERS ? t.note.tooLong : t.note.failed;
  return html`<span class="told ${phase ?? ''}" part="saved-state">
    <span role="status"
      >${phase === 'saving' ? html`${BUSY_CIRCLE}${t.note.saving}` : nothing}${
        phase === 'saved' ? html`${DONE}${t.note.saved}` : nothing
      }</span
    >
    <span role="alert">${phase === 'failed' ? html`${TROUBLE}${failed}` : nothing}</span>
    ${
      phase === 'failed'
        ? html`<button type="button" part="retry-button" @click=${() => save(call, field)}>${t.retry}</button>`
        : nothing
    }
  </span>`;
}

function dispositions(face: LogFace, call: CallRecord): TemplateResult | typeof nothing {
  const { t, settings, drafts } = face;
  const draft = drafts.get(call.callId, 'disposition');
  const chosen = drafts.unsavedValue(call.callId, 'disposition') ?? call.disposition ?? '';
  if (settings.dispositions.length === 0 && !chosen) return nothing;
  const known = settings.dispositions.map(({ id, label }) => [id, t.lang === 'ar' ? label.ar : label.en] as const);
  // One that the service no longer offers is still what was said of the call.
  const all = !chosen || known.some(([id]) => id === chosen) ? known : [...known, [chosen, chosen] as const];
  return html`<div class="field">
    <label for="disposition">${t.note.disposition}</label>
    <select
      id="disposition"
      part="disposition-field"
      @change=${({ target }: Event) => {
        if (!(target instanceof HTMLSelectElement)) return;
        face.write(call, 'disposition', target.value);
        face.save(call, 'disposition');
      }}
    >
      <option value="" ?selected=${chosen === ''}>${t.note.none}</option>
      ${all.map(([id, label]) => html`<option value=${id} ?selected=${id === chosen}>${label}</option>`)}
    </select>
    ${told(face, call, 'disposition', draft)}
  </div>`;
}

function note(face: LogFace, call: CallRecord): TemplateResult {
  const { t, drafts } = face;
  const draft = drafts.get(call.callId, 'note');
  const save = () => face.save(call, 'note');
  return html`<div class="field">
    <label for="note">${t.note.title}</label>
    <textarea
      id="note"
      part="note-field"
      dir="auto"
      rows="3"
      maxlength=${MOST_NOTE_CHARACTERS}
      placeholder=${t.note.hint}
      .value=${drafts.unsavedValue(call.callId, 'note') ?? call.note ?? ''}
      @input=${({ target }: Event) => target instanceof HTMLTextAreaElement && face.write(call, 'note', target.value)}
      @change=${save}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
      }}
    ></textarea>
    <div class="below">
      ${told(face, call, 'note', draft)}
      ${
        draft?.phase === 'written'
          ? html`<button type="button" part="save-button" class="main" @click=${save}>${t.note.save}</button>`
          : nothing
      }
    </div>
  </div>`;
}

/** No time at all is none. */
const isGood = (at: string, now: Date) => !at || timeProblem(at, now) === null;

/** When to call the customer again: the field is empty where nobody is to. */
function callBack(face: LogFace, call: CallRecord): TemplateResult {
  const { t, drafts, times, now } = face;
  const draft = drafts.get(call.callId, 'callBackAt');
  const unsaved = drafts.unsavedValue(call.callId, 'callBackAt');
  const at = unsaved ?? call.callBack?.at ?? '';
  // What is half filled in has no text; it would be lost if the field were given another.
  const text = face.halfFilled ?? (at && fieldText(new Date(at)));
  const refused = draft?.phase === 'written' && !isGood(at, now);
  const problem = face.halfFilled !== null ? t.note.callBackHalf : refused ? t.note.callBackRefused : null;
  // Each part that is typed changes the field: what counts is what stands there in the end.
  const take = ({ currentTarget: field }: Event) => {
    if (!(field instanceof HTMLInputElement)) return;
    face.halfFill(field.validity.badInput ? text : null);
    if (field.validity.badInput || field.value === text) return;
    face.write(call, 'callBackAt', field.value && new Date(field.value).toISOString());
    if (isGood(field.value, now)) face.save(call, 'callBackAt');
  };
  const bounds = { min: fieldText(now), max: fieldText(latestTime(now)) };
  const doneAt = unsaved === undefined ? call.callBack?.doneAt : undefined;
  return html`<div class="field">
    <label for="call-back">${t.note.callBack}</label>
    <input
      id="call-back"
      part="call-back-field"
      type="datetime-local"
      min=${bounds.min}
      max=${bounds.max}
      aria-invalid=${problem !== null}
      aria-describedby=${problem ? 'call-back-refused' : nothing}
      .value=${text}
      @blur=${take}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') take(event);
      }}
    />
    ${problem ? html`<span id="call-back-refused" class="told failed" role="alert">${TROUBLE}${problem}</span>` : nothing}
    ${doneAt ? html`<span class="muted">${DONE}${t.note.calledBack(times.full(doneAt))}</span>` : nothing}
    ${told(face, call, 'callBackAt', draft)}
  </div>`;
}

/** Note, disposition and call-back of a call, edited in place. */
export function editor(face: LogFace, call: CallRecord): TemplateResult {
  return html`<div class="side editor">${dispositions(face, call)} ${callBack(face, call)} ${note(face, call)}</div>`;
}
