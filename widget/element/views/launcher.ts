import { html, type TemplateResult } from 'lit';
import { CALL } from '../first-icons.ts';
import type { Face } from './face.ts';
import { statusOf } from './status.ts';
import { toneOf } from './tone.ts';

/** The element made small between calls; its mark says what the header's dot says. */
export function launcher(face: Face): TemplateResult {
  const label = `${face.t.expand} (${statusOf(face)})`;
  return html`<button part="launcher" class="launcher" aria-label=${label} @click=${face.toggleCollapsed}>
    ${CALL}<i class="dot ${toneOf(face)}"></i>
  </button>`;
}
