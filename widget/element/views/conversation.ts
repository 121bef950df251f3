import { html, nothing, type TemplateResult } from 'lit';
import { INCOMING, KEYPAD, MICROPHONE, MICROPHONE_OFF, NOTE, OUTGOING } from '../icons.ts';
import { CALL, HANG_UP } from '../first-icons.ts';
import { customer, customerLine } from './customer.ts';
import { emblem } from './emblem.ts';
import type { TalkFace } from './face.ts';
import { keypad } from './keypad.ts';
import { hangUpButton } from './plain.ts';
import { timer } from './timer.ts';

export function muteButton({ t, call, dialer }: TalkFace, label: boolean): TemplateResult {
  return html`<button
    part="mute-button"
    class=${label ? 'tile' : 'icon'}
    aria-label=${t.mute}
    aria-pressed=${call.muted}
    aria-keyshortcuts="M"
    @click=${() => dialer?.mute(!call.muted)}
  >
    ${call.muted ? MICROPHONE_OFF : MICROPHONE}${label ? t.mute : nothing}
  </button>`;
}

/** What is counted: the ringing, then the conversation. */
function counted(face: TalkFace): TemplateResult | typeof nothing {
  const { phase } = face.state;
  const { ringingAt, openedAt, endedAt } = face.call;
  return timer(face, phase === 'ringing' ? ringingAt : openedAt, phase === 'ending' ? endedAt : null);
}

function tiles(face: TalkFace, keys: boolean): TemplateResult {
  const { t, desk, state } = face;
  return html`<div class="tiles ${keys ? 'low' : ''}">
    ${muteButton(face, true)}
    <button
      part="keypad-button"
      class="tile"
      aria-pressed=${keys}
      ?disabled=${state.phase !== 'open'}
      @click=${desk.toggleKeypad}
    >
      ${KEYPAD}${t.keypad}
    </button>
    <button part="note-button" class="tile" @click=${() => desk.openPanel('wrap-up')}>${NOTE}${t.note}</button>
  </div>`;
}

/** What there is to say beside a call, and a second customer who calls. */
export interface Beside {
  readonly notes: readonly unknown[];
  readonly waiting: unknown;
  /** Says that the customer hears nothing, and since when; undefined until that can be drawn. */
  readonly muted?: unknown;
  /** The mark of the recording, with what pauses it. */
  readonly recording?: unknown;
}

/** A call from the request to the hang-up, in one frame, so that nothing jumps when one phase follows another. */
export function conversation(face: TalkFace, { notes, waiting, muted, recording }: Beside): TemplateResult {
  const { state, call, desk, t } = face;
  const { phase } = state;
  const talking = phase === 'open' || phase === 'reconnecting';
  const keys = phase === 'open' && desk.keypad;
  const unheard = talking && call.muted;
  const going = call.direction === 'incoming' ? INCOMING : OUTGOING;
  const sign = unheard ? MICROPHONE_OFF : talking ? CALL : phase === 'ending' ? HANG_UP : going;
  return html`<div class="body">
    ${notes}${muted}${waiting}
    ${
      keys
        ? html`<div class="line">${customerLine(face)}${counted(face)}</div>
            ${recording}
            <output class="sent" dir="ltr">${desk.sent}</output>
            ${keypad(face)}`
        : html`<div class="centre">
            ${notes.length || state.waiting ? nothing : emblem(face, sign)}${customer(face)}${counted(face)}
            ${unheard && !muted ? html`<p part="muted" class="trouble"><b>${t.unheard}</b></p>` : nothing} ${recording}
          </div>`
    }
    ${talking ? tiles(face, keys) : nothing}${phase === 'ending' ? nothing : hangUpButton(face, true)}
  </div>`;
}
