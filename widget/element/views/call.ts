import { html, nothing, type TemplateResult } from 'lit';
import { HANG_UP, KEYPAD, MICROPHONE, MICROPHONE_OFF } from '../icons.ts';
import { customer, customerLine } from './customer.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';
import { keypad } from './keypad.ts';

export function hangUpButton({ t, hangUp }: CallFace, label: boolean): TemplateResult {
  return html`<button
    part="hang-up-button"
    class="hang-up ${label ? 'wide' : 'icon'}"
    aria-label=${t.hangUp}
    @click=${hangUp}
  >
    ${HANG_UP}${label ? t.hangUp : nothing}
  </button>`;
}

export function muteButton({ t, call, mute }: CallFace, label: boolean): TemplateResult {
  return html`<button
    part="mute-button"
    class=${label ? 'tile' : 'icon'}
    aria-label=${t.mute}
    aria-pressed=${call.muted}
    @click=${mute}
  >
    ${call.muted ? MICROPHONE_OFF : MICROPHONE}${label ? t.mute : nothing}
  </button>`;
}

interface CallParts {
  readonly icon: TemplateResult;
  readonly banner?: TemplateResult;
  readonly timer?: unknown;
  /** Both sides can hear each other, so mute and keypad do something. */
  readonly controls?: boolean;
  readonly hangUp?: boolean;
}

/** The frame that every phase of a call shares, so that nothing jumps when one phase follows another. */
export function call(face: CallFace, parts: CallParts): TemplateResult {
  const { t, desk } = face;
  const tones = face.state.phase === 'open';
  const keys = tones && desk.keypad;
  return html`<div class="body">
    ${parts.banner ?? nothing}
    ${
      keys
        ? html`<div class="line">${customerLine(face.call)}${parts.timer}</div>
            <output class="sent" dir="ltr">${desk.sent}</output>
            ${keypad(face)}`
        : html`<div class="centre">${emblem(face, parts.icon)}${customer(face.call)}${parts.timer ?? nothing}</div>`
    }
    ${
      parts.controls
        ? html`<div class="tiles ${keys ? 'low' : ''}">
            ${muteButton(face, true)}
            <button
              part="keypad-button"
              class="tile"
              aria-pressed=${keys}
              ?disabled=${!tones}
              @click=${desk.toggleKeypad}
            >
              ${KEYPAD}${t.keypad}
            </button>
          </div>`
        : nothing
    }
    ${parts.hangUp ? hangUpButton(face, true) : nothing}
  </div>`;
}
