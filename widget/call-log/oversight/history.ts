import { html, nothing, type TemplateResult } from 'lit';
import type { AuditEntry } from '../../../service/admin-contract.ts';
import type { CallRecord, Recording } from '../../../service/contract.ts';
import type { CallDeed } from '../../locales/call-log-messages.ts';
import { OPEN } from '../icons.ts';
import type { LogFace } from '../views/log-face.ts';
import type { Oversight } from './oversight.ts';

const FIELDS = ['note', 'disposition', 'callBackAt', 'callBackDoneAt'] as const;
type Changed = Readonly<Partial<Record<(typeof FIELDS)[number], string | null>>>;

/** By name where the log knows it. */
function whoOf({ settings }: LogFace, { agent }: AuditEntry): string {
  return settings.agents.find(({ id }) => id === agent.id)?.name ?? agent.id;
}

function whenOf({ times, now }: LogFace, { at }: AuditEntry): string {
  const { day, time } = times.began(at, now);
  return `${day} ${time}`;
}

function written({ t, settings, times }: LogFace, field: keyof Changed, value: string | null | undefined): string {
  if (!value) return '';
  if (field === 'callBackAt' || field === 'callBackDoneAt') return times.full(value);
  const label = field === 'disposition' && settings.dispositions.find(({ id }) => id === value)?.label;
  return label ? (t.lang === 'ar' ? label.ar : label.en) : value;
}

/** What was there, and what took its place. */
function change(face: LogFace, { before, after }: AuditEntry): TemplateResult[] {
  const [was, is] = [before ?? {}, after ?? {}] as [Changed, Changed];
  const { title: note, disposition, callBack: callBackAt, callBackDone: callBackDoneAt } = face.t.note;
  const titles = { note, disposition, callBackAt, callBackDoneAt };
  return FIELDS.filter((field) => field in was || field in is).map((field) => {
    const [old, now] = [written(face, field, was[field]), written(face, field, is[field])];
    return html`<p class="change">
      <span class="muted">${titles[field]}:</span>
      ${old ? html`<del dir="auto">${old}</del>` : nothing} ${now ? html`<ins dir="auto">${now}</ins>` : nothing}
    </p>`;
  });
}

function deed(face: LogFace, entry: AuditEntry): TemplateResult {
  return html`<li part="deed">
    <p>
      <b><bdi>${whoOf(face, entry)}</bdi></b>
      <time datetime=${entry.at} title=${face.times.full(entry.at)} class="muted">${whenOf(face, entry)}</time>
    </p>
    <p>${face.t.oversight.deeds[entry.action as CallDeed]}</p>
    ${entry.action === 'call-changed' ? change(face, entry) : nothing}
  </li>`;
}

function deeds(oversight: Oversight, face: LogFace): TemplateResult {
  const { t } = face;
  if (oversight.deeds === undefined) return html`<p class="muted" role="status">${t.loading}</p>`;
  if (oversight.deeds === 'failed') {
    return html`<p class="trouble" role="alert">
      ${t.oversight.failed}
      <button type="button" part="retry-button" class="quiet" @click=${() => void oversight.readDeeds()}>
        ${t.retry}
      </button>
    </p>`;
  }
  if (oversight.deeds.length === 0) return html`<p class="muted">${t.oversight.nothing}</p>`;
  return html`<ol class="deeds">
    ${oversight.deeds.map((entry) => deed(face, entry))}
  </ol>`;
}

/** Who did what with the call, once it is asked for. */
export function history(oversight: Oversight, face: LogFace): TemplateResult {
  const { deedsShown } = oversight;
  return html`<div class="history">
    <button
      type="button"
      part="history-button"
      class="quiet"
      aria-expanded=${deedsShown}
      @click=${() => oversight.toggleDeeds()}
    >
      ${face.t.oversight.history}${OPEN}
    </button>
    ${deedsShown ? deeds(oversight, face) : nothing}
  </div>`;
}

/** That a recording was deleted, and by whom, if it was a person: what is kept for so many days only is deleted by nobody. */
export function deletedNote(
  { deeds }: Oversight,
  face: LogFace,
  { callId }: CallRecord,
  { recordingSid }: Recording,
): TemplateResult {
  const known = typeof deeds === 'object' ? deeds : [];
  const entry = known.find(
    ({ action, subject }) => action === 'recording-deleted' && subject === `${callId}/${recordingSid}`,
  );
  return html`<p class="muted deleted" tabindex="-1" role="status">
    ${face.t.recording.deleted}${
      entry ? html` · ${face.t.oversight.by(`\u2068${whoOf(face, entry)}\u2069`, whenOf(face, entry))}` : nothing
    }
  </p>`;
}
