import { html, type TemplateResult } from 'lit';
import type { DialerState } from '../core/state.ts';
import type { Messages } from '../locales/messages.ts';
import { conversationSeconds } from './call-events.ts';
import { spaced } from './dial-string.ts';
import { lengthOf } from './length-of.ts';
import { verdictOf } from './views/verdict.ts';

/** Isolates a name or a number from the direction of the sentence around it (U+2068 … U+2069). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** What changed, for those who listen: politely; and what went wrong, at once. */
export function liveRegions(t: Messages, state: DialerState): TemplateResult {
  const { phase, call, problem } = state;
  const verdict = verdictOf(t, state);
  const seconds = call && phase === 'ended' ? conversationSeconds(call) : 0;
  const over = [verdict?.title, seconds ? t.duration(lengthOf(seconds)) : '', verdict?.advice]
    .filter(Boolean)
    .join('. ');
  const who = call ? isolated(call.name ?? `\u200E${spaced(call.number)}`) : '';
  const broken = phase === 'reconnecting';
  const polite = problem || broken ? '' : phase === 'ended' ? over : call ? `${t.phases[phase]} ${who}` : '';
  const trouble = problem ? over : broken ? `${t.phases.reconnecting} ${t.callGoesOn}` : '';
  return html`<p class="heard" role="status">${polite}</p>
    <p class="heard" role="alert">${trouble}</p>`;
}
