import { html, nothing, type TemplateResult } from 'lit';
import { DOWN, MENU } from '../first-icons.ts';
import type { Face } from './face.ts';
import { statusOf } from './status.ts';
import { toneOf } from './tone.ts';

/** The state in a word beside its dot, whether customers may call, the menu, and the way to make the element small. */
export function header(face: Face): TemplateResult {
  const { t, state, desk, dialer, missing } = face;
  const available = state.reach !== 'away';
  return html`<header part="header">
    <i class="dot ${toneOf(face)}"></i>
    <span part="status">${statusOf(face)}</span>
    ${
      face.receiving && !missing
        ? html`<button
            part="available-switch"
            class="icon switch"
            role="switch"
            aria-label=${t.available}
            title=${t.available}
            aria-checked=${available}
            @click=${() => dialer?.setAvailable(!available)}
          >
            <i></i>
          </button>`
        : nothing
    }
    ${
      missing
        ? nothing
        : html`<button
            part="menu-button"
            class="icon"
            aria-label=${t.menu}
            aria-expanded=${Boolean(desk.panel)}
            ?disabled=${state.phase === 'incoming'}
            @click=${desk.toggleMenu}
          >
            ${MENU}
          </button>`
    }
    <button part="collapse-button" class="icon" aria-label=${t.collapse} @click=${face.toggleCollapsed}>${DOWN}</button>
  </header>`;
}
