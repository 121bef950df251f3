import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord } from '../../../service/contract.ts';
import { shownNumber } from '../../element/shown-number.ts';
import { editor } from './editor.ts';
import type { LogFace } from './log-face.ts';
import { player } from './player.ts';

function fact(label: string, value: string | null, number = false): TemplateResult | typeof nothing {
  if (!value) return nothing;
  return html`<div>
    <dt>${label}</dt>
    <dd>${number ? html`<bdi dir="ltr">${value}</bdi>` : value}</dd>
  </div>`;
}

/** The open row: its recordings, note and disposition, and when what happened. */
export function details(face: LogFace, call: CallRecord): TemplateResult {
  const { t, times } = face;
  const at = (iso: string | null) => iso && times.began(iso, face.now).time;
  return html`<div role="cell" part="details" class="details">
    <div class="side">
      ${call.recordings.map((recording) => player(face, call, recording))}
      ${call.recordings.length === 0 ? html`<p class="muted">${t.recording.absent}</p>` : nothing}
      <dl>
        ${fact(t.columns.started, times.full(call.createdAt))}
        ${fact(t.refused, call.refusal ? t.refusals[call.refusal] : null)} ${fact(t.ringing, at(call.ringingAt))}
        ${fact(t.answered, at(call.answeredAt))} ${fact(t.ended, at(call.endedAt))}
        ${fact(t.columns.agent, call.agent.name)} ${fact(t.callerId, call.callerId && shownNumber(call.callerId), true)}
      </dl>
      ${face.oversight?.history(face)}
      <slot name="details"></slot>
    </div>
    ${editor(face, call)}
  </div>`;
}
