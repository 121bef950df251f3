import { html, nothing, type TemplateResult } from 'lit';
import { CALL } from '../first-icons.ts';
import type { Face } from './face.ts';
import { statusOf } from './status.ts';
import { toneOf } from './tone.ts';

/** The element made small between calls; its mark says what the header's dot says. `more` is said, and seen as `mark`. */
export function launcher(face: Face, more = '', mark: unknown = nothing): TemplateResult {
  const label = `${face.t.expand} (${statusOf(face)}${more})`;
  return html`<button part="launcher" class="launcher" aria-label=${label} @click=${face.toggleCollapsed}>
    ${CALL}<i class="dot ${toneOf(face)}"></i>${mark}
  </button>`;
}
