import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict } from '../../locales/messages.ts';
import { TROUBLE } from '../icons.ts';
import type { FullFace } from '../views/face.ts';
import { who } from '../views/who.ts';

/** Something to say where there is room for one line of it. */
export interface Told extends Verdict {
  /** In amber. */
  readonly trouble: boolean;
}

/** The most pressing of what goes wrong beside a call, and of what happened; each only if there is nothing more serious. */
export function pressing({ t, state }: FullFace): Told | null {
  const { phase, ring, problem, warnings, missed, notice } = state;
  const trouble = true;
  if (phase === 'incoming' && ring === 'blocked') return { ...t.ringBlocked, trouble };
  if (phase === 'reconnecting') return { title: t.phases.reconnecting, advice: t.callGoesOn, trouble };
  if (problem && phase !== 'ended') return { ...t.problems[problem.code], trouble };
  if (warnings[0]) return { ...t.warnings[warnings[0]], trouble };
  const [call] = missed;
  if (call && notice?.code !== 'microphone-lost') {
    return { title: t.outcomes.missed.title, advice: who(t, call), trouble: false };
  }
  if (!notice) return null;
  const { title, advice } = t.notices[notice.code];
  return { title, advice: `${advice} ${notice.device}`, trouble: notice.code === 'microphone-lost' };
}

/** The line; a press shows the whole of it. */
export function told({ title, advice, trouble }: Told, open: () => void): TemplateResult {
  return html`<button
    part=${trouble ? 'banner' : 'notice'}
    class="told ${trouble ? 'amber' : ''}"
    title=${advice}
    @click=${open}
  >
    ${trouble ? TROUBLE : nothing}<span><b>${title}</b> <span dir="auto">${advice}</span></span>
  </button>`;
}
