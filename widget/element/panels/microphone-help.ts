import { html, nothing, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../core/state.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import { browserOf } from './browser.ts';
import { remedyOf } from './microphone-remedy.ts';

export { microphoneHelpStyles } from './styles/steps.ts';

/** There are steps for it. */
export function hasMicrophoneHelp(code: ProblemCode, t: PanelMessages): boolean {
  return remedyOf(code, browserOf(navigator), t).length > 0;
}

/** “Show me how”: the steps for this browser, or nothing when the problem is not the microphone's. */
export function microphoneHelp(code: ProblemCode, t: PanelMessages): TemplateResult | typeof nothing {
  const steps = remedyOf(code, browserOf(navigator), t);
  if (!steps.length) return nothing;
  return html`<ol class="pane-how">
    ${steps.map((step) => html`<li>${step}</li>`)}
  </ol>`;
}
