import { html, type TemplateResult } from 'lit';
import { MICROPHONE_OFF } from '../icons.ts';
import type { CallFace } from '../views/face.ts';
import { timer } from '../views/timer.ts';

/** A bar that nobody takes for a call like any other: the agent is muted, and since when (milliseconds since the epoch). */
export function mutedBar(face: CallFace, since: number): TemplateResult {
  const { t } = face;
  return html`<div part="muted" class="banner">
    ${MICROPHONE_OFF}
    <p><b>${t.muted}</b><br />${t.unheard}</p>
    <span class="since">${timer(face, since)}</span>
  </div>`;
}
