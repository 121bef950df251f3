import { html, type TemplateResult } from 'lit';
import { isLive } from '../../core/state.ts';
import { CALL_BACK, KEYS, LINE, RECENTS, SOUND, WINDOW } from './icons.ts';
import type { Panel, PanelController, PanelHost, PanelName } from './panel.ts';
import { more as ownStyles } from './styles/more.ts';
import { pane } from './styles/pane.ts';
import { WindowOpener } from './where-the-phone-is.ts';

function row(icon: TemplateResult, label: string, click: () => unknown, why = '', off = false): TemplateResult {
  return html`<li>
    <button class="pane-row" aria-disabled=${off} @click=${() => off || click()}>
      ${icon}
      <span class="pane-text"><span>${label}</span>${why ? html`<small>${why}</small>` : ''}</span>
    </button>
  </li>`;
}

function render(host: PanelHost, opener: WindowOpener): TemplateResult {
  const { state, t, shortcut } = host;
  const { more } = t;
  const show = (name: PanelName) => () => host.open(name);
  const isOpen = state.place === 'phone-window';
  // The phone moves between calls only: a call would stay behind.
  const later = isLive(state) && !isOpen;
  const usual = later ? more.phoneWindowLater : isOpen ? more.phoneWindowOpen : more.phoneWindowWhy;
  return html`<div class="pane">
    <ul>
      ${row(RECENTS, more.recents, show('recents'))} ${row(CALL_BACK, more.callBacks, show('call-backs'))}
      ${row(SOUND, more.audio, show('audio'))} ${row(LINE, more.check, show('check'))}
      ${row(WINDOW, more.phoneWindow, opener.open, opener.failed || usual, later)}
    </ul>
    <details>
      <summary class="pane-row">${KEYS}<span class="pane-text">${more.keys}</span></summary>
      <dl class="pane-keys">
        ${[...(shortcut ? [[shortcut, more.toPhone] as const] : []), ...more.keyHelp].map(
          ([keys, does]) =>
            html`<dt><kbd dir="auto">${keys}</kbd></dt>
              <dd>${does}</dd>`,
        )}
      </dl>
    </details>
  </div>`;
}

/** The menu of everything that is not the call itself. */
export const more: Panel = {
  title: (t) => t.titles.more,
  create: (host): PanelController => {
    const opener = new WindowOpener(host);
    return { render: () => render(host, opener), close() {} };
  },
  styles: [pane, ownStyles],
};
