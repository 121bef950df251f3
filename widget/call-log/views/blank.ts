import { html, type TemplateResult } from 'lit';
import type { Verdict } from '../../locales/messages.ts';
import { filtersSet } from '../call-filters.ts';
import { NO_CALLS_DRAWN, SEARCH, TROUBLE } from '../icons.ts';
import type { LogFace } from './log-face.ts';

function said({ title, advice }: Verdict): TemplateResult {
  return html`<h2>${title}</h2>
    <p class="muted">${advice}</p>`;
}

const GHOST = html`<div class="ghost" aria-hidden="true"><i></i><i></i><i></i><i></i></div>`;

/** Grey rows in the shape of what comes. */
export function loading({ t }: LogFace): TemplateResult {
  return html`<div part="loading" class="loading">
    <p class="heard" role="status">${t.loading}</p>
    ${[1, 2, 3, 4, 5, 6].map(() => GHOST)}
  </div>`;
}

/** The log could not be read at all. */
export function failed({ t, retry }: LogFace): TemplateResult {
  return html`<div part="error" class="blank" role="alert">
    <span class="emblem trouble">${TROUBLE}</span>
    ${said(t.failed)}
    <button type="button" part="retry-button" @click=${retry}>${t.retry}</button>
  </div>`;
}

/** There are no calls, or none that the filters leave. */
export function empty(face: LogFace): TemplateResult {
  const { t, filters } = face;
  if (filtersSet(filters) > 0 || filters.search.trim()) {
    return html`<div part="empty" class="blank" role="status">
      <span class="emblem">${SEARCH}</span>
      ${said(t.noMatch)}
      <button type="button" part="clear-filters-button" @click=${face.clearFilters}>${t.filters.clear}</button>
    </div>`;
  }
  return html`<div part="empty" class="blank" role="status">
    <slot name="empty"><span class="emblem">${NO_CALLS_DRAWN}</span>${said(t.empty)}</slot>
  </div>`;
}
