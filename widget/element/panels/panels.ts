import { css, html } from 'lit';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { Panel, PanelName } from './panel.ts';

function empty(name: PanelName): Panel {
  return {
    title: (t) => t.titles[name],
    create: () => ({ render: () => html`<p>${name}</p>`, close: () => {} }),
    styles: css``,
  };
}

/** Fetches a panel when it is first opened. Rejects when its chunk cannot be fetched; the next try asks again. */
export const PANELS: Readonly<Record<PanelName, () => Promise<Panel>>> = {
  recents: async () => empty('recents'),
  audio: async () => empty('audio'),
  check: async () => empty('check'),
  more: async () => empty('more'),
  'wrap-up': async () => empty('wrap-up'),
};

/** Fetches what the panels say in one language. Rejects as PANELS do. */
export async function loadPanelMessages(lang: 'ar' | 'en'): Promise<PanelMessages> {
  const titles = { recents: 'recents', audio: 'audio', check: 'check', more: 'more', 'wrap-up': 'wrap-up' };
  return { lang, titles } as PanelMessages;
}
