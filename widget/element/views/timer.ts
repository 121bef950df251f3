import { html, nothing, type TemplateResult } from 'lit';
import type { Length, TalkWords } from '../../locales/messages.ts';
import { lengthOf } from '../length-of.ts';
import { inNumerals } from '../numerals.ts';
import type { Face } from './face.ts';

/** `4:05`, `1:02:03`. */
export function clock({ hours, minutes, seconds }: Length): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)}`;
}

/** The time since (or between) two moments, in milliseconds since the epoch. Not a live region: it would never be silent. */
export function timer(
  face: Face<TalkWords>,
  from: number | null,
  to: number | null = null,
): TemplateResult | typeof nothing {
  if (from === null) return nothing;
  const { t, numerals } = face;
  const length = lengthOf(Math.max(0, Math.floor(((to ?? Date.now()) - from) / 1000)));
  return html`<span
    part="timer"
    class="timer"
    role="timer"
    dir="ltr"
    aria-label=${inNumerals(numerals, t.duration(length))}
    >${inNumerals(numerals, clock(length))}</span
  >`;
}
