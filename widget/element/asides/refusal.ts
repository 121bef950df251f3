import { html, type TemplateResult } from 'lit';
import { isLive } from '../../core/state.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { dialString } from '../dial-string.ts';
import { CALL, CLOSE } from '../first-icons.ts';
import { shownNumber } from '../shown-number.ts';
import { notice } from '../views/banner.ts';
import type { FullFace } from '../views/face.ts';
import type { Told } from './told.ts';

/** A number as the reader has to see it: in one piece, whichever way the sentence runs (U+2066 … U+2069). */
function shown(to: string): string {
  return `\u2066${(shownNumber(dialString(to)) || to).replaceAll(' ', '\u00a0')}\u2069`;
}

/** National or international, it is the same telephone. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((number) => dialString(number).replace(/^\+|^0+/, ''));
  return Boolean(a && b) && (a!.endsWith(b!) || b!.endsWith(a!));
}

/** What was asked for during a call, and not done; null when there is no such thing. The second click of a double click is none. */
export function refusalOf({ state, desk }: FullFace, t: PanelMessages): Told | null {
  const { refused } = desk;
  const { call } = state;
  if (!refused || (isLive(state) && call?.direction === 'outgoing' && isSame(refused.to, call.number))) return null;
  const title = isLive(state) ? t.asides.oneAtATime : t.asides.notYet;
  return { title, advice: t.asides.notCalled(shown(refused.to)), trouble: false };
}

/** The same with what can be done: call it, once the call is over; or leave it. */
export function refusalNote(face: FullFace, said: Told, forget: () => void): TemplateResult {
  const { t, state, desk, dial } = face;
  const close = html`<button class="icon" aria-label=${t.close} @click=${forget}>${CLOSE}</button>`;
  const { to, ...options } = desk.refused!;
  const call = html`<button
      part="call-button"
      class="icon call"
      aria-label=${t.callNumber(shown(to))}
      @click=${() => dial(to, options)}
    >
      ${CALL}</button
    >${close}`;
  return notice(said, isLive(state) ? close : call);
}
