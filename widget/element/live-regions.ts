import { html, type TemplateResult } from 'lit';
import type { Face } from './views/face.ts';
import { statusOf } from './views/status.ts';
import { who } from './views/who.ts';

/** What is said politely, and what at once. */
export interface Heard {
  readonly polite: string;
  readonly assertive: string;
}

/** Isolates a name or a number from the direction of the sentence around it (U+2068 … U+2069). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** The least there is to say: what the phone is doing, and with whom. */
export function plainlyHeard(face: Face): Heard {
  const { t, state } = face;
  const { phase, call } = state;
  const said = call ? `${statusOf(face)} ${isolated(who(t, call))}` : '';
  return phase === 'incoming' ? { polite: '', assertive: said } : { polite: said, assertive: '' };
}

/** Always there, so that a change in them is a change and not an arrival. */
export function liveRegions({ polite, assertive }: Heard): TemplateResult {
  return html`<p class="heard" role="status">${polite}</p>
    <p class="heard" role="alert">${assertive}</p>`;
}
