import { html, raw } from 'hono/html';

/** Drawn on a 24-unit grid with one stroke; the style sheet colours them. */
const SHAPES = {
  phone:
    'M5 4h3.2l1.6 4.2-2 1.6a12.6 12.6 0 0 0 6.4 6.4l1.6-2 4.2 1.6V19a1.6 1.6 0 0 1-1.7 1.6C9.6 20.1 3.9 14.4 3.4 5.7A1.6 1.6 0 0 1 5 4Z',
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
