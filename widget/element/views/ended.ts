import { html, type TemplateResult } from 'lit';
import type { DialerState } from '../../core/state.ts';
import { DONE, MISSED, TROUBLE } from '../icons.ts';
import { CALL, HANG_UP } from '../first-icons.ts';
import type { PanelSlot } from '../panel-slot.ts';
import { customer, customerLine } from './customer.ts';
import { emblem } from './emblem.ts';
import type { CallFace } from './face.ts';
import { notes } from './notes.ts';
import { panelContent } from './panel-frame.ts';
import { timer } from './timer.ts';
import { carrierCode, verdictOf } from './verdict.ts';

/** After a conversation the agent writes it up. */
export function wantsWrapUp({ phase, call }: DialerState): boolean {
  return phase === 'ended' && call !== null && call.openedAt !== null;
}

/** What another call cannot mend: it is offered, but not urged. */
const CALLING_IS_NO_REMEDY: ReadonlySet<string | undefined> = new Set([
  'access-token-invalid',
  'agent-blocked',
  'content-policy',
  'country-refused',
  'insecure-page',
  'microphone-not-allowed-here',
  'no-caller-id',
  'number-called-too-often',
  'outgoing-stopped',
  'recording-required',
  'service-not-set',
  'spend-limit',
  'unauthenticated',
  'unsupported-browser',
]);

function nextButtons(face: CallFace): TemplateResult {
  const { t, state, call, dial, dismiss, desk } = face;
  const { number, name, record, direction, line } = call;
  const edit = () => {
    dismiss();
    desk.write(number);
  };
  // After a conversation, the one thing to do is to save what was written.
  const code = state.problem?.code;
  // Where all calls have to be recorded, the agent has just read that the next one is; and of a number that may not be
  // shown, that the next call shows the usual one. Who calls again is the same as before, who calls back is not.
  const refused = code === 'caller-id-refused';
  const callerId = refused ? null : direction === 'outgoing' && line ? line : undefined;
  const again = () => dial(number, { name, record: record || code === 'recording-required', callerId });
  const noRemedy = CALLING_IS_NO_REMEDY.has(code);
  const urged = !wantsWrapUp(state) && !noRemedy;
  const first =
    !noRemedy && code?.startsWith('number-')
      ? html`<button part="edit-button" class="wide accent" @click=${edit}>${t.editNumber}</button>`
      : html`<button part="call-button" class="wide ${urged ? 'call' : ''}" ?disabled=${!number} @click=${again}>
          ${CALL}${direction === 'incoming' ? t.callBack : t.callAgain}
        </button>`;
  return html`<div class="pair last">
    <button part="close-button" class="wide" @click=${dismiss}>${t.close}</button>
    ${first}
  </div>`;
}

/** Over: how it ended, why, and what to do next. Stays until it has been read. */
export function ended(face: CallFace, slot: PanelSlot): TemplateResult {
  const { t, state, call, asides } = face;
  const { problem, outcome } = state;
  const verdict = asides?.reason(face) ?? verdictOf(t, state);
  const sign = problem ? TROUBLE : call.openedAt !== null ? DONE : outcome === 'missed' ? MISSED : HANG_UP;
  const title = verdict?.title ?? t.phases.ended;
  if (wantsWrapUp(state)) {
    return html`<div class="body">
      ${notes(face)}
      <div class="over">
        ${emblem(face, sign)}
        <div>
          <p part="outcome"><b>${title}</b> · ${timer(face, call.openedAt, call.endedAt)}</p>
          ${problem ? html`<p class="muted">${verdict?.advice} ${carrierCode(t, state)}</p>` : customerLine(face)}
        </div>
        ${asides?.copying(face)}
      </div>
      <slot name="customer"></slot>
      <div class="grow slot">${panelContent(face, slot)}</div>
      ${nextButtons(face)}
    </div>`;
  }
  return html`<div class="body">
    ${notes(face)}
    <div class="centre">
      ${emblem(face, sign)}
      <div class="verdict">
        <p part="outcome" class="name">${title}</p>
        <p class="muted">${verdict?.advice}</p>
        ${asides?.remedy(face) ?? carrierCode(t, state)}
      </div>
      ${customer(face)}
    </div>
    ${nextButtons(face)}
  </div>`;
}
