import { html, type TemplateResult } from 'lit';

/** Our own icons: a 24 px square, one stroke, in the colour of the text around them. Never mirrored but where it is said. */
export function icon(path: string, turn = ''): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} transform=${turn} /></svg>`;
}

export const HANDSET =
  'M7 4.2h1.6c.5 0 1 .4 1.1.9l.6 2.9c.1.4 0 .8-.3 1.1l-1.5 1.4a12.6 12.6 0 0 0 5 5l1.4-1.5c.3-.3.7-.4 1.1-.3l2.9.6c.5.1.9.6.9 1.1V17a2.8 2.8 0 0 1-2.8 2.8A12.8 12.8 0 0 1 4.2 7 2.8 2.8 0 0 1 7 4.2z';

export const CALL = icon(HANDSET);
export const HANG_UP = icon(HANDSET, 'rotate(135 12 12)');
export const RECENTS = icon('M4.5 12a7.5 7.5 0 1 0 2.6-5.7L4.5 8.5M4.5 4.5v4h4M12 8v4.3l2.8 1.7');
export const MENU = icon('M5 8h14M5 12h14M5 16h14');
export const ERASE = icon('M9 5.5h9.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H9L3.5 12zM12 9.5l5 5M17 9.5l-5 5');
export const DOWN = icon('M6 9.5l6 6 6-6');
export const CLOSE = icon('M6.5 6.5l11 11M17.5 6.5l-11 11');
