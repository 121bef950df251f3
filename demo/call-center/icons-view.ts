import { html, raw } from 'hono/html';

/** Drawn on a 24-unit grid with one stroke; the style sheet colours them. `icon-…` names are used by page and call log. */
const SHAPES = {
  phone:
    'M5 4h3.2l1.6 4.2-2 1.6a12.6 12.6 0 0 0 6.4 6.4l1.6-2 4.2 1.6V19a1.6 1.6 0 0 1-1.7 1.6C9.6 20.1 3.9 14.4 3.4 5.7A1.6 1.6 0 0 1 5 4Z',
  outgoing: 'M7 17 17 7M9.5 7H17v7.5',
  incoming: 'M17 7 7 17M14.5 17H7V9.5',
  progress: 'M12 3.5v3M12 17.5v3M3.5 12h3M17.5 12h3M6 6l2.1 2.1M15.9 15.9 18 18M6 18l2.1-2.1M15.9 8.1 18 6',
  answered: 'M5 12.5 10 17.5 19.5 7',
  busy: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8 12h8',
  'no-answer': 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2.2',
  declined: 'M7 7l10 10M17 7 7 17',
  'not-in-service': 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12',
  canceled: 'M9 6 4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3',
  failed: 'M12 4 3.5 19.5h17L12 4ZM12 10v4.5M12 17v.2',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  download: 'M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14',
} as const;

export type IconName = keyof typeof SHAPES;

/** All icons, once per page; each use is `<use href="#icon-name">`. */
export function iconSheet() {
  const symbols = Object.entries(SHAPES).map(
    ([name, path]) => html`<symbol id="icon-${name}" viewBox="0 0 24 24"><path d="${raw(path)}" /></symbol>`,
  );
  return html`<svg class="icon-sheet" aria-hidden="true">${symbols}</svg>`;
}

export function icon(name: IconName) {
  return html`<svg class="icon" aria-hidden="true"><use href="#icon-${name}"></use></svg>`;
}
