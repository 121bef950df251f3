import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../locales/messages.ts';

/** `4:05`, `1:02:03`. */
export function clock(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** The time since (or between) two moments, in milliseconds since the epoch. Not a live region: it would never be silent. */
export function timer(t: Messages, from: number | null, to: number | null): TemplateResult | typeof nothing {
  if (from === null) return nothing;
  const seconds = Math.max(0, Math.floor(((to ?? Date.now()) - from) / 1000));
  return html`<span part="timer" class="timer" role="timer" dir="ltr" aria-label=${t.duration(seconds)}
    >${clock(seconds)}</span
  >`;
}
