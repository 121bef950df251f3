import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { BUSY_CIRCLE } from '../icons.ts';
import type { LogFace } from './log-face.ts';
import { row } from './row.ts';

function header({ t, settings }: LogFace): TemplateResult {
  const { columns } = t;
  const cell = (name: keyof typeof columns, word: TemplateResult | string = columns[name]) =>
    html`<span role="columnheader" class="column ${name}">${word}</span>`;
  return html`<div role="rowgroup" part="header" class="head">
    <div role="row" class="line" aria-rowindex="1">
      ${cell('direction', html`<span class="heard">${columns.direction}</span>`)} ${cell('customer')} ${cell('outcome')}
      ${cell('started')} ${cell('duration')} ${settings.role === 'agent' ? nothing : cell('agent')} ${cell('about')}
      ${cell('actions', html`<span class="heard">${columns.actions}</span>`)}
    </div>
  </div>`;
}

function end({ t, shown, loadOlder }: LogFace): TemplateResult | typeof nothing {
  if (shown.olderCursor === null) return nothing;
  if (shown.older !== 'failed') {
    return html`<p class="end muted" role="status">${BUSY_CIRCLE}${t.loadingOlder}</p>`;
  }
  return html`<p class="end trouble" role="alert">
    ${t.olderFailed}<button type="button" part="retry-button" @click=${loadOlder}>${t.retry}</button>
  </p>`;
}

/** The calls: as many rows in the document as are in sight and a few more, whatever the length of the log. */
export function list(face: LogFace): TemplateResult {
  const { t, shown, rows, settings } = face;
  const { calls } = shown;
  const drawn = rows.rows(face.focusedId).flatMap((index) => {
    const call = calls[index];
    return call ? [{ call, index }] : [];
  });
  const slots = rows.slots(drawn.map(({ call }) => call.callId));
  return html`<div class="scroller ${settings.role === 'agent' ? '' : 'with-agents'}" @scroll=${rows.scrolled}>
    <div
      role="table"
      part="table"
      aria-label=${t.log}
      aria-rowcount=${shown.olderCursor === null ? calls.length + 1 : -1}
      aria-busy=${shown.busy}
      class=${shown.busy ? 'busy' : ''}
    >
      ${header(face)}
      <div
        role="rowgroup"
        class="body"
        .style=${`block-size: ${rows.height}px`}
        @focusin=${face.focusMoved}
        @focusout=${face.focusMoved}
        @keydown=${face.keydown}
      >
        ${repeat(
          drawn,
          (_, at) => slots[at],
          ({ call, index }) => row(face, call, index),
        )}
      </div>
    </div>
    ${end(face)}
  </div>`;
}
