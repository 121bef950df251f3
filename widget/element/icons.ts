import { HANDSET, icon } from './first-icons.ts';
export * from './first-icons.ts';

const microphone =
  'M12 3.5a2.8 2.8 0 0 1 2.8 2.8v5a2.8 2.8 0 0 1-5.6 0v-5A2.8 2.8 0 0 1 12 3.5zM5.8 11.3a6.2 6.2 0 0 0 12.4 0M12 17.5v3';
const bell = 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5M4.5 16.5h15M10 19.5h4';
const DOT = 'h1v1h-1z';

export const OUTGOING = icon(`${HANDSET}M14.5 9.5 20 4M15.5 4H20v4.5`);
export const INCOMING = icon(`${HANDSET}M20 4l-5.5 5.5M14.5 5v4.5H19`);
export const MISSED = icon(`${HANDSET}M14.5 4l5.5 5.5M20 4l-5.5 5.5`);
export const MICROPHONE = icon(microphone);
export const MICROPHONE_OFF = icon(`${microphone}M4 4l16 16`);
export const KEYPAD = icon([5.5, 11.5, 17.5].map((y) => `M5.5 ${y}${DOT}M11.5 ${y}${DOT}M17.5 ${y}${DOT}`).join(''));
export const NOTE = icon('M6 4.5h12v10l-5 5H6zM18 14.5h-5v5M9 8.5h6M9 11.5h4');
export const BELL = icon(bell);
export const BELL_OFF = icon(`${bell}M4 4l16 16`);
export const UP = icon('M6 14.5l6-6 6 6');
/** Mirrored by the style sheet where text runs from right to left. */
export const BACK = icon('M14.5 6l-6 6 6 6');
export const TROUBLE = icon('M12 4.5l8.7 15H3.3zM12 10.5v4M12 16.9v.1');
export const DONE = icon('M5 12.5l4.5 4.5L19 7.5');
