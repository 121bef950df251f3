import { html, nothing, type TemplateResult } from 'lit';
import type { DialerState } from '../../core/state.ts';
import type { Messages, Verdict } from '../../locales/messages.ts';

/** What to say about a state: its problem before its outcome. */
export function verdictOf(t: Messages, { problem, outcome, call }: DialerState): Verdict | null {
  if (problem) return t.problems[problem.code];
  if (outcome === 'declined' && call?.direction === 'incoming') return t.declinedHere;
  return outcome && t.outcomes[outcome];
}

/** The error number that an operator can look up, when the carrier gave one. */
export function carrierCode(t: Messages, { problem }: DialerState): TemplateResult | typeof nothing {
  return problem?.carrierCode ? html`<small>${t.code(problem.carrierCode)}</small>` : nothing;
}
