import { html, nothing, svg } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallRecord } from '../../service/contract.ts';
import type { CallLogState } from './call-log.ts';
import type { CallTimes } from './call-times.ts';
import type { PageSettings } from './page-settings.ts';
import type { Words } from './words.ts';
import './call-recording.ts';

export interface CallLogView {
  words: Words;
  times: CallTimes;
  /** The CRM knows its customers better than the log does. */
  customers: PageSettings['customers'];
  requestLink: (callId: string, recordingSid: string) => Promise<string>;
  loadOlder: () => void;
  retry: () => void;
}

function icon(name: string, className = '') {
  return html`<svg class="icon ${className}" aria-hidden="true">${svg`<use href="#icon-${name}"></use>`}</svg>`;
}

/** In the place of a value that a call does not have. */
const NONE = html`<span class="quiet nothing">—</span>`;

function outcome(call: CallRecord, words: Words) {
  if (call.status !== 'ended') {
    return html`<span class="outcome in-progress">${icon('progress')}${words.statuses[call.status]}</span>`;
  }
  const name = call.outcome ?? 'failed';
  return html`<span class="outcome ${name}">${icon(name)}${words.outcomes[name]}</span>`;
}

function recordings(call: CallRecord, view: CallLogView) {
  if (call.recordings.length === 0) {
    return call.outcome === 'answered' ? html`<span class="quiet">${view.words.noRecording}</span>` : NONE;
  }
  return repeat(
    call.recordings,
    (recording) => recording.recordingSid,
    (recording) =>
      html`<call-recording
        .recording=${recording}
        .words=${view.words}
        .requestLink=${() => view.requestLink(call.callId, recording.recordingSid)}
      ></call-recording>`,
  );
}

function row(call: CallRecord, view: CallLogView) {
  const { words, times } = view;
  const known = view.customers[call.customer.number];
  const name = known?.name ?? call.customer.name;
  const number = known?.phone ?? call.customer.number;
  const direction = words[call.direction];
  return html`<tr data-call-id=${call.callId}>
    <td class="direction" title=${direction}>
      ${icon(call.direction, call.direction)}<span class="visually-hidden">${direction}</span>
    </td>
    <th scope="row" class="who">
      ${name ? html`<span><bdi>${name}</bdi></span>` : nothing}
      <span class=${name ? 'quiet' : ''}><bdi dir="ltr">${number}</bdi></span>
    </th>
    <td class="result">${outcome(call, words)}</td>
    <td class="started"><time datetime=${call.createdAt}>${times.started(call.createdAt)}</time></td>
    <td class="duration">${call.durationSeconds ? times.duration(call.durationSeconds) : NONE}</td>
    <td class="recordings">${recordings(call, view)}</td>
  </tr>`;
}

function table(calls: readonly CallRecord[], view: CallLogView) {
  const { words } = view;
  return html`<table class="calls">
    <thead>
      <tr>
        <th scope="col"><span class="visually-hidden">${words.direction}</span></th>
        <th scope="col">${words.customer}</th>
        <th scope="col">${words.outcome}</th>
        <th scope="col">${words.started}</th>
        <th scope="col">${words.duration}</th>
        <th scope="col">${words.recording}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        calls,
        (call) => call.callId,
        (call) => row(call, view),
      )}
    </tbody>
  </table>`;
}

function body(log: CallLogState, view: CallLogView) {
  const { words } = view;
  if (log.phase === 'loading') return html`<p class="blank quiet">${words.loading}</p>`;
  if (log.phase === 'failed') {
    return html`<div class="blank" role="alert">
      <p>${words.failed}</p>
      <button type="button" @click=${view.retry}>${words.retry}</button>
    </div>`;
  }
  if (log.calls.length === 0) {
    return html`<div class="blank">
      <p>${words.empty}</p>
      <p class="quiet">${words.emptyHint}</p>
    </div>`;
  }
  return html`${table(log.calls, view)}
  ${
    log.olderCursor === null
      ? nothing
      : html`<button type="button" class="older" @click=${view.loadOlder}>${words.older}</button>`
  }`;
}

/** The call log in every state it can be in. */
export function callLogView(log: CallLogState, view: CallLogView) {
  const { words } = view;
  return html`
    ${
      log.phase === 'ready'
        ? html`<p class="connection ${log.live ? 'live' : ''}" role="status">
            ${log.live ? words.live : words.reconnecting}
          </p>`
        : nothing
    }
    ${body(log, view)}
  `;
}
