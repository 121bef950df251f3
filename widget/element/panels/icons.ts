import { svg, html, type TemplateResult } from 'lit';

/** The panels' own, as those of the dialer: a 24 px square, one stroke. */
function icon(path: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${path} />`}</svg>`;
}

export const RECENTS = icon('M12 4a8 8 0 1 1-7.4 5M4 4.5V9h4.5M12 8v4.5l3 1.8');
export const CALL_BACK = icon(
  'M6.3 4.5h2.4l1.4 3.6-1.8 1.2a11 11 0 0 0 5 5l1.2-1.8 3.6 1.4v2.4a2 2 0 0 1-2.2 2A14.6 14.6 0 0 1 4.3 6.7a2 2 0 0 1 2-2.2zM14 3.5v3.7h3.7M20 9.5a6.5 6.5 0 0 0-5.8-2.4',
);
export const LATER = icon('M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 1.8');
export const DONE = icon('M5 12.5l4.5 4.5L19 7.5');
export const SOUND = icon('M5 6v5M5 15v3M12 6v1M12 11v7M19 6v7M19 17v1M3 13h4M10 9h4M17 15h4');
export const LINE = icon('M3 12.5h3.5l2.5-7 5 13 2.5-6H21');
export const WINDOW = icon(
  'M13 4.5h6.5V11M19.5 4.5 12 12M10 5.5H7A2.5 2.5 0 0 0 4.5 8v9A2.5 2.5 0 0 0 7 19.5h9a2.5 2.5 0 0 0 2.5-2.5v-3',
);
export const KEYS = icon(
  'M5 6.5h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM7 10.3v.1M10.3 10.3v.1M13.7 10.3v.1M17 10.3v.1M8.5 14h7',
);
export const SPEAKER = icon('M4 9.5v5h3.5l4.5 4v-13l-4.5 4zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11');
export const BELL = icon('M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4M12 3.5V5');
export const COPY = icon(
  'M9.5 8.5h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM4.5 14V6.5a2 2 0 0 1 2-2H14',
);
export const HEADSET = icon(
  'M4.5 14.5V12a7.5 7.5 0 0 1 15 0v2.5M4.5 14.5a1.8 1.8 0 0 1 3.6 0v2a1.8 1.8 0 0 1-3.6 0zM15.9 14.5a1.8 1.8 0 0 1 3.6 0v2a1.8 1.8 0 0 1-3.6 0zM19.5 17c0 2-2 3-5 3',
);
export const WAITING = icon('M12 11.9v.2M7 11.9v.2M17 11.9v.2');
export const RUNNING = icon('M12 4a8 8 0 1 1-8 8');
export const SKIPPED = icon('M7 12h10');
