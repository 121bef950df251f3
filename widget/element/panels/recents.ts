import { html, nothing, type TemplateResult } from 'lit';
import type { RecentCall } from '../../core/dialer.ts';
import { isLive } from '../../core/state.ts';
import { INCOMING, OUTGOING } from '../icons.ts';
import { shownNumber } from '../shown-number.ts';
import { callDay, callTime } from './call-day.ts';
import { Fetched } from './fetched.ts';
import { figure, localeOf } from './figures.ts';
import { RECENTS } from './icons.ts';
import { failed, waiting } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { pane } from './styles/pane.ts';
import { recents as ownStyles } from './styles/recents.ts';

/** Calls by the day they were made on, in the order they came in. */
function byDay(calls: readonly RecentCall[], { t, ...speaker }: Pick<PanelHost, 't' | 'lang' | 'numerals'>) {
  const days = new Map<string, RecentCall[]>();
  for (const call of calls) {
    const day = callDay(call.at, Date.now(), localeOf(speaker), t.recents);
    days.set(day, [...(days.get(day) ?? []), call]);
  }
  return [...days];
}

class RecentsPanel implements PanelController {
  readonly #host: PanelHost;
  readonly #calls: Fetched<readonly RecentCall[]>;
  readonly #unsubscribe: () => void;
  #live: boolean;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#calls = new Fetched(host, () => host.dialer.recentCalls());
    this.#live = isLive(host.dialer.getState());
    this.#unsubscribe = host.dialer.subscribe((state) => {
      const was = this.#live;
      this.#live = isLive(state);
      if (was && !this.#live) this.#refresh();
    });
    this.#refresh();
  }

  close(): void {
    this.#unsubscribe();
    this.#calls.close();
  }

  readonly #refresh = (): void => void this.#calls.refresh();

  #redial({ number, name, record }: RecentCall): void {
    this.#host.dial(number, { name, record });
    this.#host.close();
  }

  #call(call: RecentCall): TemplateResult {
    const { t, state } = this.#host;
    const { direction, outcome, number, name, at } = call;
    const missed = outcome === 'missed' || outcome === 'voicemail';
    const who = name ?? (number ? shownNumber(number) : t.recents.hidden);
    const words = outcome ? t.outcomes[outcome] : t.recents.unknown;
    return html`<li>
      <button
        class="pane-row ${missed ? 'pane-missed' : ''}"
        ?disabled=${!number || isLive(state)}
        @click=${() => this.#redial(call)}
      >
        ${direction === 'incoming' ? INCOMING : OUTGOING}
        <span class="pane-heard">${t.recents.callBack(`\u2068${who}\u2069`)}. ${t.recents[direction]}.</span>
        <span class="pane-text">
          <bdi class="pane-cut pane-who" dir=${name || !number ? 'auto' : 'ltr'}>${who}</bdi>
          <small class="pane-facts">
            <span class="pane-outcome">${words}</span>
            ${name && number ? html`<bdi class="pane-cut" dir="ltr">${shownNumber(number)}</bdi>` : nothing}
          </small>
        </span>
        <time datetime=${new Date(at).toISOString()}>${callTime(at, localeOf(this.#host))}</time>
      </button>
    </li>`;
  }

  #list(calls: readonly RecentCall[]): TemplateResult {
    const { t } = this.#host;
    if (!calls.length) {
      return html`<div class="pane-empty">
        ${RECENTS}<b>${t.recents.empty}</b>
        <p>${t.recents.emptyAdvice}</p>
      </div>`;
    }
    const { lang, numerals } = this.#host;
    return html`<p class="pane-heard" role="status">
        ${t.recents.listed(calls.length, figure(this.#host, calls.length))}
      </p>
      ${byDay(calls, { t, lang, numerals }).map(
        ([day, ofDay]) =>
          html`<div>
            <h3>${day}</h3>
            <ul>
              ${ofDay.map((call) => this.#call(call))}
            </ul>
          </div>`,
      )}`;
  }

  render(): TemplateResult {
    return html`<div class="pane">
      ${this.#calls.render({
        loading: () => waiting(this.#host),
        failed: (code) => failed(this.#host, code, this.#refresh),
        ready: (calls) => this.#list(calls),
      })}
    </div>`;
  }
}

/** The newest calls of this agent; a tap calls again. */
export const recents: Panel = {
  title: (t) => t.titles.recents,
  create: (host) => new RecentsPanel(host),
  styles: [pane, ownStyles],
};
