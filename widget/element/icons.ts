import { html, type TemplateResult } from 'lit';

/** Our own icons: a 24 px square, one stroke, in the colour of the text around them. Never mirrored. */
function icon(path: string, turn = ''): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} transform=${turn} /></svg>`;
}

const handset =
  'M7 4.2h1.6c.5 0 1 .4 1.1.9l.6 2.9c.1.4 0 .8-.3 1.1l-1.5 1.4a12.6 12.6 0 0 0 5 5l1.4-1.5c.3-.3.7-.4 1.1-.3l2.9.6c.5.1.9.6.9 1.1V17a2.8 2.8 0 0 1-2.8 2.8A12.8 12.8 0 0 1 4.2 7 2.8 2.8 0 0 1 7 4.2z';
const microphone =
  'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM5.8 11.3a6.2 6.2 0 0 0 12.4 0M12 17.5v3';

export const CALL = icon(handset);
export const OUTGOING = icon(`${handset}M14.5 9.5 20 4M15.5 4H20v4.5`);
export const INCOMING = icon(`${handset}M20 4l-5.5 5.5M14.5 5v4.5H19`);
export const HANG_UP = icon(handset, 'rotate(135 12 12)');
export const MICROPHONE = icon(microphone);
export const MICROPHONE_OFF = icon(`${microphone}M4 4l16 16`);
const DOT = 'h1v1h-1z';
export const KEYPAD = icon([5.5, 11.5, 17.5].map((y) => `M5.5 ${y}${DOT}M11.5 ${y}${DOT}M17.5 ${y}${DOT}`).join(''));
export const ERASE = icon('M9 5.5h9.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H9L3.5 12zM12 9.5l5 5M17 9.5l-5 5');
export const DOWN = icon('M6 9.5l6 6 6-6');
export const UP = icon('M6 14.5l6-6 6 6');
export const CLOSE = icon('M6.5 6.5l11 11M17.5 6.5l-11 11');
export const TROUBLE = icon('M12 4.5l8.7 15H3.3zM12 10.5v4M12 16.9v.1');
export const DONE = icon('M5 12.5l4.5 4.5L19 7.5');
