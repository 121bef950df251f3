import { html, nothing, type TemplateResult } from 'lit';
import type { CallRecord } from '../../../service/contract.ts';
import { filtersSet, PERIODS } from '../call-filters.ts';
import { BUSY_CIRCLE, CLEAR, DOWNLOAD, FILTERS, SEARCH, TROUBLE } from '../icons.ts';
import type { LogFace } from './log-face.ts';

type Choice = readonly [value: string, label: string];

function valueOf(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}

function search({ t, filters, search }: LogFace): TemplateResult {
  return html`<label class="search">
    ${SEARCH}<span class="heard">${t.filters.search}</span>
    <input
      part="search"
      type="search"
      dir="auto"
      maxlength="100"
      autocomplete="off"
      spellcheck="false"
      placeholder=${t.filters.search}
      .value=${filters.search}
      @input=${(event: Event) => search(valueOf(event), 'pause')}
      @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && search(valueOf(event), 'once')}
    />
  </label>`;
}

function choice(
  face: LogFace,
  field: 'direction' | 'outcome' | 'callBacks' | 'agent' | 'period',
  choices: readonly Choice[],
): TemplateResult {
  const { t, filters } = face;
  const chosen = filters[field];
  const set = chosen !== '' && chosen !== 'any';
  return html`<label class="filter ${set ? 'set' : ''}">
    <span>${t.filters[field]}</span>
    <select
      part="filter"
      name=${field}
      .value=${chosen}
      @change=${(event: Event) => face.filter({ [field]: valueOf(event) })}
    >
      ${choices.map(([value, label]) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
    </select>
  </label>`;
}

function day({ t, filters, filter }: LogFace, field: 'from' | 'to'): TemplateResult {
  return html`<label class="filter">
    <span>${t.filters[field]}</span>
    <input
      part="filter"
      type="date"
      name=${field}
      .value=${filters[field]}
      @change=${(event: Event) => filter({ [field]: valueOf(event) })}
    />
  </label>`;
}

function choices(face: LogFace): TemplateResult {
  const { t, filters, settings } = face;
  const any: Choice = ['', t.filters.any];
  const directions: CallRecord['direction'][] = ['outgoing', 'incoming'];
  const agents = settings.agents.map(({ id, name }): Choice => [id, name ?? id]);
  return html`<div id="filters" class="filters ${face.filtersOpen ? 'open' : ''}">
    ${choice(face, 'direction', [any, ...directions.map((each): Choice => [each, t.directions[each]])])}
    ${choice(face, 'outcome', [any, ...Object.entries(t.outcomes)])}
    ${choice(face, 'callBacks', [any, ['open', t.filters.toCallBack]])}
    ${choice(
      face,
      'period',
      PERIODS.map((each): Choice => [each, each === 'any' ? t.filters.any : t.filters.periods[each]]),
    )}
    ${filters.period === 'custom' ? [day(face, 'from'), day(face, 'to')] : nothing}
    ${settings.role === 'agent' ? nothing : choice(face, 'agent', [any, ...agents])}
    ${
      filtersSet(filters) > 0
        ? html`<button type="button" part="clear-filters-button" class="quiet" @click=${face.clearFilters}>
            ${CLEAR}${t.filters.clear}
          </button>`
        : nothing
    }
    ${exportButton(face)}
  </div>`;
}

/** The calls as a file. */
function exportButton({ t, file, saveFile }: LogFace): TemplateResult {
  const { state } = file;
  const icon = { idle: DOWNLOAD, busy: BUSY_CIRCLE, failed: TROUBLE }[state];
  return html`<button
    type="button"
    part="export-button"
    class="quiet"
    aria-disabled=${state === 'busy'}
    @click=${saveFile}
  >
    ${icon}<span role="status">${state === 'failed' ? t.csv.failed : t.csv.save}</span>
  </button>`;
}

/** Search, filters, and whether the list is live. */
export function toolbar(face: LogFace): TemplateResult {
  const { t, times, shown, filters } = face;
  const set = filtersSet(filters);
  const { length } = shown.calls;
  const ready = shown.phase === 'ready';
  return html`<div part="toolbar" class="toolbar">
    ${search(face)}
    <button
      type="button"
      part="filters-button"
      class="filters-button"
      aria-expanded=${face.filtersOpen}
      aria-controls="filters"
      @click=${face.toggleFilters}
    >
      ${FILTERS}<span>${t.filters.filters}</span>${set > 0 ? html`<b>${times.count(set)}</b>` : nothing}
    </button>
    ${choices(face)}
    <p part="status" class="status ${shown.live ? 'live' : ''}">
      <span class="count"
        >${ready && length > 0 ? t.calls(length, times.count(length), shown.olderCursor !== null) : nothing}</span
      >
      ${
        ready
          ? html`<span class="dot"></span><span role="status">${shown.live ? t.live : t.reconnecting}</span>`
          : nothing
      }
    </p>
  </div>`;
}
