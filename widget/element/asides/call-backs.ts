import { html, nothing, type TemplateResult } from 'lit';
import type { CallBack, CallBackList, Dialer } from '../../core/dialer.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import { isolated } from '../live-regions.ts';
import { figure } from '../panels/figures.ts';
import { CALL_BACK } from '../panels/icons.ts';
import { shownNumber } from '../shown-number.ts';
import type { FullFace } from '../views/face.ts';
import { launcher } from '../views/launcher.ts';

/** A timer counts in 32 bits. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** How often it is asked how many are due where all that are at hand are. */
const ASK_EVERY_MS = 60_000;

const NONE: CallBackList = Object.freeze({ calls: [], total: 0, due: 0 });

const isDue = ({ dueAt }: CallBack) => dueAt <= Date.now();

/** Between calls: how many customers are to be called again, how many of them now, and each whose time comes. */
export class CallBackNote {
  readonly #host: CallPartHost;
  #dialer: Dialer | undefined;
  #list = NONE;
  /** Whose time came while the phone was idle; until something else happens. */
  #come: CallBack | undefined;
  /** Of what is watched now: whatever still comes of a watch that is over is not heard. */
  #watching = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CallPartHost) {
    this.#host = host;
  }

  /** To be called before every update. */
  follow(): void {
    const { dialer, state } = this.#host;
    if (state.phase !== 'idle') this.#come = undefined;
    else if (dialer !== this.#dialer && this.#host.isConnected) {
      this.rest();
      this.#dialer = dialer;
      this.#watching = new AbortController();
      if (dialer) void this.#watch(dialer, this.#watching.signal);
    }
  }

  /** The element is out of the page. */
  rest(): void {
    this.#watching.abort();
    clearTimeout(this.#timer);
    this.#dialer = this.#come = undefined;
    this.#list = NONE;
  }

  async #watch(dialer: Dialer, signal: AbortSignal): Promise<void> {
    try {
      const port = await dialer.callBacks();
      if (signal.aborted) return;
      const read = async () => {
        // What cannot be read now is read at the next change; the panel says what is wrong.
        const list = await port.list().catch(() => undefined);
        if (list && !signal.aborted) this.#take(list, () => void read());
      };
      const stop = port.watch(() => void read());
      signal.addEventListener('abort', () => stop());
      await read();
    } catch {
      // Its script could not be fetched: the next update asks again.
      if (!signal.aborted) this.#dialer = undefined;
    }
  }

  #take(list: CallBackList, readAgain: () => void): void {
    this.#list = list;
    if (!list.calls.some(({ callId }) => callId === this.#come?.callId)) this.#come = undefined;
    this.#wait(readAgain);
    this.#host.requestUpdate();
  }

  #wait(readAgain: () => void): void {
    clearTimeout(this.#timer);
    const next = this.#list.calls.find((call) => !isDue(call));
    if (next) {
      this.#timer = setTimeout(
        () => {
          if (isDue(next) && this.#host.state.phase === 'idle') this.#come = next;
          this.#wait(readAgain);
          this.#host.requestUpdate();
        },
        Math.min(next.dueAt - Date.now(), LONGEST_WAIT_MS),
      );
    } else if (this.#list.calls.length < this.#list.total) {
      this.#timer = setTimeout(readAgain, ASK_EVERY_MS);
    }
  }

  /** Of those that are not at hand, the service has said how many are due: none is before the last that is. */
  get #due(): number {
    const { calls, total, due } = this.#list;
    const here = calls.filter(isDue).length;
    return here < calls.length || calls.length === total ? here : Math.max(here, due);
  }

  /** On the pill between calls: how many are due. */
  pill(face: FullFace, t: PanelMessages): TemplateResult {
    const due = this.#due;
    const figures = figure({ lang: t.lang, numerals: face.numerals }, due);
    if (!due) return launcher(face);
    const separator = t.lang === 'ar' ? '، ' : ', ';
    return launcher(
      face,
      `${separator}${t.callBacks.dueCount(due, figures)}`,
      html`<b class="due" data-count=${figures}></b>`,
    );
  }

  /** Leads to the list; nothing where that is empty. */
  draw({ desk, numerals }: FullFace, t: PanelMessages): readonly TemplateResult[] {
    const { total } = this.#list;
    if (total === 0 || this.#host.state.phase !== 'idle') return [];
    const speaker = { lang: t.lang, numerals };
    const due = this.#due;
    return [
      html`<button part="call-backs-button" class="call-backs" @click=${() => desk.openPanel('call-backs')}>
        ${CALL_BACK}
        <span>${t.callBacks.listed(total, figure(speaker, total))}</span>
        ${due ? html`<b>${t.callBacks.dueCount(due, figure(speaker, due))}</b>` : nothing}
      </button>`,
    ];
  }

  /** Said politely. */
  heard({ callBacks, recents }: PanelMessages): string {
    if (!this.#come) return '';
    const { name, number } = this.#come;
    return callBacks.isDue(isolated(name ?? (number ? `\u200e${shownNumber(number)}` : recents.hidden)));
  }
}
