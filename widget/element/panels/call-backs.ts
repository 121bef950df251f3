import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CallBack, CallBackList, CallBacks } from '../../core/dialer.ts';
import { problemOf } from '../../core/problem-error.ts';
import { isLive, type ProblemCode } from '../../core/state.ts';
import { CALL } from '../first-icons.ts';
import { shownNumber } from '../shown-number.ts';
import { quickTime, type CallBackBy } from './call-back-time.ts';
import { callDay, callTime } from './call-day.ts';
import { Fetched } from './fetched.ts';
import { figure, localeOf } from './figures.ts';
import { fromNow } from './from-now.ts';
import { CALL_BACK, DONE, LATER } from './icons.ts';
import { failed, trouble, waiting } from './pane.ts';
import type { Panel, PanelController, PanelHost } from './panel.ts';
import { callBacks as ownStyles } from './styles/call-backs.ts';
import { pane } from './styles/pane.ts';

/** A second click so soon after a row has changed was meant for that row, and may land on another. */
const GUARD_MS = 600;

/** So many more are asked for at a time. */
const MORE = 100;

/** They are, before the end of what is there is in sight. */
const NEAR_END_PX = 400;

const LATER_BY = ['soon', 'hour', 'tomorrow'] as const satisfies readonly CallBackBy[];

/** How often what is said of a time that passes is said anew. */
const EVERY_MS = 60_000;

class CallBacksPanel implements PanelController {
  readonly #host: PanelHost;
  readonly #calls: Fetched<CallBackList>;
  /** How many are asked for. */
  #wanted = MORE;
  #stop: (() => void) | undefined;
  #closed = false;
  /** The one that was done last here, for the way back. */
  #done: CallBack | null = null;
  /** The one that was changed last here, and when. */
  #changed = { callId: '', at: 0 };
  /** Which one's later times are offered. */
  #offered: string | null = null;
  #moved = '';
  #problem: ProblemCode | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PanelHost) {
    this.#host = host;
    this.#calls = new Fetched(host, async () => (await this.#port()).list(this.#wanted));
    this.#refresh();
  }

  close(): void {
    this.#closed = true;
    this.#stop?.();
    clearTimeout(this.#timer);
    this.#calls.close();
  }

  async #port(): Promise<CallBacks> {
    const port = await this.#host.dialer.callBacks();
    if (!this.#closed) this.#stop ??= port.watch(this.#refresh);
    return port;
  }

  readonly #refresh = (): void => void this.#calls.refresh();

  get #hasMore(): boolean {
    const { calls = [], total = 0 } = this.#calls.value ?? {};
    return calls.length < total;
  }

  readonly #scrolled = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLElement)) return;
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END_PX && !this.#calls.problem) void this.#more();
  };

  readonly #more = async (): Promise<void> => {
    const there = this.#calls.value?.calls.length ?? 0;
    const isOnItsWay = there < this.#wanted && !this.#calls.problem;
    if (!this.#hasMore || isOnItsWay) return;
    this.#wanted = there + MORE;
    await this.#calls.refresh();
  };

  /** Who goes by the keyboard goes on where the new rows begin. */
  readonly #pressMore = async ({ currentTarget: pressed }: Event): Promise<void> => {
    const pane = pressed instanceof HTMLElement ? pressed.closest('.pane') : null;
    const root = pane?.getRootNode();
    const there = this.#calls.value?.calls.length ?? 0;
    await this.#more();
    await this.#host.updateComplete;
    const focused = root instanceof ShadowRoot ? root.activeElement : null;
    const isLost = focused === null && document.activeElement === document.body;
    if (focused !== pressed && !isLost) return;
    pane?.querySelectorAll('[data-call]')[there]?.querySelector<HTMLElement>('button:enabled')?.focus();
  };

  /** A name, or a number in its own direction, inside of a sentence. */
  #inWords({ name, number }: CallBack): string {
    return `\u2068${name ?? (number ? `\u200e${shownNumber(number)}` : this.#host.t.recents.hidden)}\u2069`;
  }

  get #hasJustChanged(): boolean {
    return Math.abs(Date.now() - this.#changed.at) < GUARD_MS;
  }

  #isMeant({ callId }: CallBack): boolean {
    const isMeant = callId === this.#changed.callId || !this.#hasJustChanged;
    if (isMeant) this.#changed = { callId, at: Date.now() };
    return isMeant;
  }

  #dial({ number, name, record }: CallBack): void {
    if (this.#hasJustChanged) return;
    this.#host.dial(number, { name, record });
    this.#host.close();
  }

  async #setDone(call: CallBack, done: boolean, { currentTarget }: Event): Promise<void> {
    if (!this.#isMeant(call)) return;
    await this.#change(currentTarget, done ? '.pane-undo button' : null, async (port) => {
      await port.setDone(call.callId, done);
      this.#done = done ? call : null;
    });
  }

  async #putOff(call: CallBack, by: CallBackBy, { currentTarget }: Event): Promise<void> {
    if (!this.#isMeant(call)) return;
    const at = quickTime(by, new Date());
    this.#offered = null;
    await this.#change(currentTarget, `[data-call="${call.callId}"] [aria-expanded]`, async (port) => {
      await port.setTime(call.callId, at.toISOString());
      this.#done = null;
      this.#moved = this.#host.t.callBacks.wasMoved(this.#inWords(call), this.#label(by));
    });
  }

  /** The row that was pressed may be elsewhere then: `focused` has the focus, not another row that the same key would change. */
  async #change(
    pressed: EventTarget | null,
    focused: string | null,
    work: (port: CallBacks) => Promise<void>,
  ): Promise<void> {
    const pane = pressed instanceof HTMLElement ? pressed.closest('.pane') : null;
    this.#problem = null;
    this.#moved = '';
    this.#host.requestUpdate();
    try {
      await work(await this.#port());
      await this.#calls.refresh();
      // The answer may have been slow, and only now another row has come under the pointer.
      this.#changed.at = Date.now();
    } catch (error) {
      this.#problem = problemOf(error).code;
    }
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    if (focused) pane?.querySelector<HTMLElement>(focused)?.focus();
  }

  #label(by: CallBackBy): string {
    const words = this.#host.t.wrapUp.callBack;
    if (by !== 'tomorrow') return words[by];
    return words.tomorrow(callTime(quickTime(by, new Date()).getTime(), localeOf(this.#host)));
  }

  /** Drawn anew when the next one is due, and as time passes. */
  #wakeAt(dueAt: number | undefined): void {
    clearTimeout(this.#timer);
    const wait = Math.min((dueAt ?? Infinity) - Date.now(), EVERY_MS);
    this.#timer = setTimeout(() => this.#host.requestUpdate(), wait);
  }

  /** What is due of another day says which. */
  #when(dueAt: number): string {
    const { t } = this.#host;
    const locale = localeOf(this.#host);
    const day = callDay(dueAt, Date.now(), locale, t.recents);
    const time = callTime(dueAt, locale);
    return dueAt <= Date.now() && day !== t.recents.today ? `${day} ${time}` : time;
  }

  #row(call: CallBack): TemplateResult {
    const { t, state } = this.#host;
    const { callId, number, name, note, dueAt } = call;
    const who = name ?? (number ? shownNumber(number) : t.recents.hidden);
    const isOffered = this.#offered === callId;
    const offer = () => {
      this.#offered = isOffered ? null : callId;
      this.#host.requestUpdate();
    };
    return html`<li class="pane-call-back" data-call=${callId}>
      <span class="pane-text">
        <bdi class="pane-cut pane-who" dir=${name || !number ? 'auto' : 'ltr'}>${who}</bdi>
        ${name && number ? html`<small><bdi class="pane-cut" dir="ltr">${shownNumber(number)}</bdi></small>` : nothing}
        <small class="pane-facts">
          <time datetime=${new Date(dueAt).toISOString()}>${this.#when(dueAt)}</time>
          <span class="pane-cut">${fromNow(dueAt, Date.now(), localeOf(this.#host))}</span>
        </small>
        ${note ? html`<small class="pane-said" dir="auto">${note}</small>` : nothing}
      </span>
      <button
        class="pane-button pane-square pane-dial"
        aria-label=${t.recents.callBack(this.#inWords(call))}
        ?disabled=${!number || isLive(state)}
        @click=${() => this.#dial(call)}
      >
        ${CALL}
      </button>
      <span class="pane-marks">
        <button
          class="pane-button pane-square"
          aria-label=${t.callBacks.done(this.#inWords(call))}
          @click=${(event: Event) => void this.#setDone(call, true, event)}
        >
          ${DONE}
        </button>
        <button
          class="pane-button pane-square"
          aria-label=${t.callBacks.later(this.#inWords(call))}
          aria-expanded=${isOffered}
          @click=${offer}
        >
          ${LATER}
        </button>
      </span>
      ${isOffered ? this.#laterTimes(call) : nothing}
    </li>`;
  }

  #laterTimes(call: CallBack): TemplateResult {
    return html`<div class="pane-later" role="group" aria-label=${this.#host.t.callBacks.later(this.#inWords(call))}>
      ${LATER_BY.map(
        (by) =>
          html`<button class="pane-button" @click=${(event: Event) => void this.#putOff(call, by, event)}>
            ${this.#label(by)}
          </button>`,
      )}
    </div>`;
  }

  /** Those that are due first, the others by their day. */
  #list({ calls, total }: CallBackList): TemplateResult {
    const { t } = this.#host;
    const now = Date.now();
    const locale = localeOf(this.#host);
    this.#wakeAt(calls.find(({ dueAt }) => dueAt > now)?.dueAt);
    const groups = Map.groupBy(calls, ({ dueAt }) =>
      dueAt <= now ? t.callBacks.due : callDay(dueAt, now, locale, t.recents),
    );
    if (!calls.length) {
      return html`<div class="pane-empty">
        ${CALL_BACK}<b>${t.callBacks.empty}</b>
        <p>${t.callBacks.emptyAdvice}</p>
      </div>`;
    }
    return html`<p class="pane-heard" role="status">${t.callBacks.listed(total, figure(this.#host, total))}</p>
      ${[...groups].map(
        ([group, ofGroup]) =>
          html`<div class=${group === t.callBacks.due ? 'pane-due' : ''}>
            <h3>${group}</h3>
            <ul>
              ${repeat(
                ofGroup,
                ({ callId }) => callId,
                (call) => this.#row(call),
              )}
            </ul>
          </div>`,
      )}
      ${this.#rest(total - calls.length)}`;
  }

  /** Those that are not there yet: they come as the end of the list comes near, or by a press. */
  #rest(count: number): TemplateResult | typeof nothing {
    if (count <= 0) return nothing;
    const { problem } = this.#calls;
    if (problem) return failed(this.#host, problem, () => void this.#more());
    return html`<button class="pane-button" @click=${this.#pressMore}>
      ${this.#host.t.callBacks.more(count, figure(this.#host, count))}
    </button>`;
  }

  #wasDone(call: CallBack): TemplateResult {
    const { callBacks } = this.#host.t;
    return html`<div class="pane-undo" role="status">
      <p class="pane-cut pane-quiet">${callBacks.wasDone(this.#inWords(call))}</p>
      <button class="pane-button" @click=${(event: Event) => void this.#setDone(call, false, event)}>
        ${callBacks.undo}
      </button>
    </div>`;
  }

  render(): TemplateResult {
    return html`<div class="pane" @scroll=${this.#scrolled}>
      ${this.#problem ? html`<div role="alert">${trouble(this.#host, this.#problem)}</div>` : nothing}
      ${this.#done ? this.#wasDone(this.#done) : nothing}
      <p class=${this.#moved ? 'pane-quiet' : 'pane-heard'} role="status">${this.#moved}</p>
      ${this.#calls.render({
        loading: () => waiting(this.#host),
        failed: (code) => failed(this.#host, code, this.#refresh),
        ready: (list) => this.#list(list),
      })}
    </div>`;
  }
}

/** Whom this agent is to call again, and when. */
export const callBacks: Panel = {
  title: (t) => t.titles['call-backs'],
  create: (host) => new CallBacksPanel(host),
  styles: [pane, ownStyles],
};
