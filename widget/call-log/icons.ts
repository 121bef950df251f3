import { html, type TemplateResult } from 'lit';
import type { CallOutcome } from '../../service/contract.ts';

/** The log's own icons, as the dialer's: a 24 px square, one stroke, in the colour of the text around them. */
function icon(path: string, kind = ''): TemplateResult {
  return html`<svg class=${kind} viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

const ring = 'M12 3.8a8.2 8.2 0 1 1 0 16.4 8.2 8.2 0 0 1 0-16.4z';

/** Arrows of a call point along the reading direction: out of the line, or into it. */
export const OUTGOING = icon('M7 17L17 7M9 7h8v8', 'along');
export const INCOMING = icon('M17 7L7 17M15 17H7V9', 'along');
export const SEARCH = icon('M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l4.8 4.8');
export const FILTERS = icon('M4 7h16M7 12h10M10 17h4');
export const OPEN = icon('M6 9.5l6 6 6-6', 'chevron');
export const PLAY = icon('M8.5 5.5v13l10-6.5z');
export const PAUSE = icon('M9 5.5v13M15 5.5v13');
export const DOWNLOAD = icon('M12 4v11M7.5 10.5L12 15l4.5-4.5M5 19.5h14');
export const DELETE = icon('M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v6M13.5 10.5v6');
export const NOTE = icon('M6 4.5h12v10l-5 5H6zM18 14.5h-5v5M9 8.5h6M9 12h3');
export const CLEAR = icon('M6.5 6.5l11 11M17.5 6.5l-11 11');
export const BUSY_CIRCLE = icon('M12 3.8a8.2 8.2 0 0 1 8.2 8.2', 'turning');
export const IN_PROGRESS = icon('M4 10v4M8 7v10M12 9v6M16 5v14M20 10v4');
export const NO_CALLS_DRAWN = icon(
  'M7 4.2h1.6c.5 0 1 .4 1.1.9l.6 2.9c.1.4 0 .8-.3 1.1l-1.5 1.4a12.6 12.6 0 0 0 5 5l1.4-1.5c.3-.3.7-.4 1.1-.3l2.9.6c.5.1.9.6.9 1.1V17a2.8 2.8 0 0 1-2.8 2.8A12.8 12.8 0 0 1 4.2 7 2.8 2.8 0 0 1 7 4.2zM15 4.5h5M15 8h5',
);
export const DONE = icon('M5 12.5l4.5 4.5L19 7.5');
export const TROUBLE = icon('M12 4.5l8.7 15H3.3zM12 10.5v4M12 16.9v.1');
export const CALL = icon(
  'M7 4.2h1.6c.5 0 1 .4 1.1.9l.6 2.9c.1.4 0 .8-.3 1.1l-1.5 1.4a12.6 12.6 0 0 0 5 5l1.4-1.5c.3-.3.7-.4 1.1-.3l2.9.6c.5.1.9.6.9 1.1V17a2.8 2.8 0 0 1-2.8 2.8A12.8 12.8 0 0 1 4.2 7 2.8 2.8 0 0 1 7 4.2z',
);

export const OUTCOME_ICONS: Readonly<Record<CallOutcome, TemplateResult>> = {
  answered: icon('M5 12.5l4.5 4.5L19 7.5'),
  busy: icon(`${ring}M8.5 12h7`),
  'no-answer': icon(`${ring}M12 7.5V12l3 2`),
  declined: icon('M7 7l10 10M17 7L7 17'),
  'not-in-service': icon(`${ring}M6.3 6.3l11.4 11.4`),
  canceled: icon('M9 6.5L4.5 11 9 15.5M5 11h9.5a4.5 4.5 0 0 1 0 9H12', 'along'),
  failed: icon('M12 4.5l8.7 15H3.3zM12 10.5v4M12 16.9v.1'),
  missed: icon('M4 7l8 8 8-8M4 13V7h6', 'along'),
  voicemail: icon('M7 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM17 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM7 15.5h10'),
};
