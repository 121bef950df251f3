import { html, type TemplateResult } from 'lit';

/** `accent` a call under way · `good` both can talk · `trouble` · `quiet` over */
export type Tone = 'accent' | 'good' | 'trouble' | 'quiet';

/** The sign of a phase, tinted by what it means. */
export function emblem(icon: TemplateResult, tone: Tone): TemplateResult {
  return html`<div class="emblem ${tone}">${icon}</div>`;
}
