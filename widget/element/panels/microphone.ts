import { html, type TemplateResult } from 'lit';
import type { ProblemCode } from '../../core/state.ts';
import { DONE } from '../icons.ts';
import { SOUND } from './icons.ts';
import { hasMicrophoneHelp, microphoneHelp, microphoneHelpStyles } from './microphone-help.ts';
import { trouble } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { pane } from './styles/pane.ts';

/** Of the call that failed, or of those that do not reach the agent; null when neither is for want of a microphone. */
function causeOf({ state, t }: PanelHost): ProblemCode | null {
  const { problem, reachProblem } = state;
  return [problem?.code, reachProblem].find((code) => code && hasMicrophoneHelp(code, t)) ?? null;
}

function render(host: PanelHost): TemplateResult {
  const { t } = host;
  const cause = causeOf(host);
  return html`<div class="pane">
    <div role="status">
      ${
        cause
          ? trouble(host, cause, microphoneHelp(cause, t))
          : html`<p class="pane-fine">${DONE}${t.check.statuses.good}</p>`
      }
    </div>
    <button class="pane-button" @click=${() => host.open('audio')}>${SOUND}${t.more.audio}</button>
  </div>`;
}

/** How to get at the microphone in this browser, step by step; says so once there is nothing in its way any more. */
export const microphone: Panel = {
  title: (t) => t.titles.microphone,
  create: (host): PanelController => ({ render: () => render(host), close() {} }),
  styles: [pane, microphoneHelpStyles],
};
