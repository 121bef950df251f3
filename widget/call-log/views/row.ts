import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CallRecord } from '../../../service/contract.ts';
import { shownNumber } from '../../element/shown-number.ts';
import { CALL, IN_PROGRESS, INCOMING, NOTE, OPEN, OUTCOME_ICONS, OUTGOING, PLAY } from '../icons.ts';
import { details } from './details.ts';
import type { LogFace } from './log-face.ts';

/** In the place of a value that a call does not have. */
const NONE = html`<span class="none" aria-hidden="true">–</span>`;

function outcome({ t }: LogFace, call: CallRecord): TemplateResult {
  if (call.status !== 'ended') {
    return html`<span part="outcome" class="outcome in-progress"
      >${IN_PROGRESS}<span>${t.statuses[call.status]}</span></span
    >`;
  }
  const name = call.outcome ?? 'failed';
  return html`<span part="outcome" class="outcome ${name}">${OUTCOME_ICONS[name]}<span>${t.outcomes[name]}</span></span
    >${call.refusal ? html`<span part="refusal" class="refusal">${t.refusals[call.refusal]}</span>` : nothing}`;
}

/** Who it was: as the log knows them, else as the page does. */
export function customerOf(
  { contacts }: Pick<LogFace, 'contacts'>,
  { customer }: CallRecord,
): { name: string | null; url: string | undefined } {
  if (customer.name) return { name: customer.name, url: undefined };
  const contact = contacts.get(customer.number);
  return { name: contact?.name ?? null, url: contact?.url ?? undefined };
}

/** A caller who keeps their number to themselves cannot be called back. */
function hasNumber({ customer }: CallRecord): boolean {
  return /^\+?\d{3}/.test(customer.number);
}

function telLink(call: CallRecord, name: string | null, part: string, content: TemplateResult): TemplateResult {
  return html`<a
    part=${part}
    class=${part}
    href="tel:${call.customer.number}"
    data-almasar-name=${ifDefined(name ?? undefined)}
    >${content}</a
  >`;
}

function who(face: LogFace, call: CallRecord): TemplateResult {
  const { name, url } = customerOf(face, call);
  const written = html`<bdi dir="ltr" title=${call.customer.number}>${shownNumber(call.customer.number)}</bdi>`;
  const number = hasNumber(call)
    ? telLink(call, name, 'number', written)
    : html`<span class="number">${written}</span>`;
  if (!name) return html`<span class="alone">${number}</span>`;
  return html`<span part="name" class="name" dir="auto">${url ? html`<a href=${url}>${name}</a>` : name}</span
    >${number}`;
}

function about({ t, settings, drafts }: LogFace, call: CallRecord): TemplateResult | typeof nothing {
  const label = settings.dispositions.find(({ id }) => id === call.disposition)?.label;
  const word = label ? (t.lang === 'ar' ? label.ar : label.en) : call.disposition;
  const unsaved = drafts.unsaved(call.callId);
  if (!word && !call.note && !unsaved) return nothing;
  return html`${unsaved ? html`<span class="unsaved" title=${t.notSaved}>${NOTE}<span class="heard">${t.notSaved}</span></span>` : nothing}
  ${word ? html`<span part="disposition" class="tag"><bdi>${word}</bdi></span>` : nothing}
  ${call.note ? html`<span class="note" dir="auto">${call.note}</span>` : nothing}`;
}

function actions(face: LogFace, call: CallRecord, open: boolean): TemplateResult {
  const { t } = face;
  const { name } = customerOf(face, call);
  const unanswered = (call.outcome === 'missed' || call.outcome === 'voicemail') && hasNumber(call);
  const recording = call.recordings.find(({ status }) => status === 'completed');
  const of = name ?? shownNumber(call.customer.number);
  return html`${unanswered ? telLink(call, name, 'call-back', html`${CALL}<span>${t.callBack}</span>`) : nothing}
    ${
      recording && !open
        ? html`<button
            type="button"
            class="icon play ${unanswered ? 'second' : ''}"
            part="quick-play-button"
            title=${t.recording.play}
            @click=${() => face.play(call, recording.recordingSid)}
          >
            ${PLAY}<span class="heard">${t.recording.play}: ${of}</span>
          </button>`
        : nothing
    }
    <button
      type="button"
      class="icon expand"
      part="details-button"
      title=${t.details}
      aria-expanded=${open}
      @click=${() => face.toggle(call)}
    >
      ${OPEN}<span class="heard">${t.details}: ${of}</span>
    </button>`;
}

/** A click beside what can be pressed opens the row: a larger target for a pointer; the keyboard has the button. */
function clicked(event: MouseEvent, toggle: () => void): void {
  const selecting = String(getSelection() ?? '') !== '';
  const pressed = event.target instanceof Element && event.target.closest('a, button');
  if (!pressed && !selecting) toggle();
}

/** One call: a row of the table, or a card where there is no room for one. */
export function row(face: LogFace, call: CallRecord, index: number): TemplateResult {
  const { t, times, rows, settings } = face;
  const open = call.callId === face.openId;
  const began = times.began(call.createdAt, face.now);
  return html`<div
    part="row"
    role="row"
    class="row ${open ? 'opened' : ''}"
    data-call-id=${call.callId}
    aria-rowindex=${index + 2}
    .style=${`inset-block-start: ${rows.topOf(index)}px`}
  >
    <div class="line" @click=${(event: MouseEvent) => clicked(event, () => face.toggle(call))}>
      <span
        role="cell"
        class="direction ${call.outcome === 'missed' ? 'missed' : ''}"
        title=${t.directions[call.direction]}
      >
        ${call.direction === 'outgoing' ? OUTGOING : INCOMING}<span class="heard">${t.directions[call.direction]}</span>
      </span>
      <span role="cell" class="who">${who(face, call)}</span>
      <span role="cell" class="result">${outcome(face, call)}</span>
      <span role="cell" class="began">
        <time datetime=${call.createdAt} title=${times.full(call.createdAt)}
          ><span>${began.day}</span> <span>${began.time}</span></time
        >
      </span>
      <span role="cell" class="duration"
        >${call.durationSeconds ? html`<bdi dir="ltr">${times.duration(call.durationSeconds)}</bdi>` : NONE}</span
      >
      ${
        settings.role === 'agent'
          ? nothing
          : html`<span role="cell" class="agent"><bdi>${call.agent.name ?? call.agent.id}</bdi></span>`
      }
      <span role="cell" class="about">${about(face, call)}</span>
      <span role="cell" class="actions">${actions(face, call, open)}</span>
    </div>
    ${open ? details(face, call) : nothing}
  </div>`;
}
