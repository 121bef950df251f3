import { html, type TemplateResult } from 'lit';
import type { Face } from './face.ts';

/** A zero held this long, in milliseconds, is a `+`. */
const LONG_PRESS_MS = 500;

let pressedAt = 0;

/** The twelve keys, 1-2-3 from the left in every language. */
export function keypad(face: Face): TemplateResult {
  const { t, desk, state } = face;
  const onClick = (key: string) => (event: PointerEvent) => {
    const held = event.detail > 0 && event.timeStamp - pressedAt > LONG_PRESS_MS;
    desk.press(key === '0' && held && state.phase === 'idle' ? '+' : key);
  };
  return html`<div
    part="keypad"
    class="keypad"
    dir="ltr"
    role="group"
    aria-label=${t.keypad}
    @pointerdown=${(event: Event) => (pressedAt = event.timeStamp)}
  >
    ${[...'123456789*0#'].map(
      (key) =>
        html`<button part="key" class="key" aria-label=${key} @click=${onClick(key)}>
          ${key === '*' ? '∗' : key}${key === '0' && state.phase === 'idle' ? html`<small aria-hidden="true">+</small>` : ''}
        </button>`,
    )}
  </div>`;
}
