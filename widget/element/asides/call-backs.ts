import { html, nothing, type TemplateResult } from 'lit';
import type { CallBack, Dialer } from '../../core/dialer.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import { isolated } from '../live-regions.ts';
import { figure } from '../panels/figures.ts';
import { CALL_BACK } from '../panels/icons.ts';
import { shownNumber } from '../shown-number.ts';
import type { FullFace } from '../views/face.ts';

/** A timer counts in 32 bits. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Between calls: how many customers are to be called again, how many of them now, and each whose time comes. */
export class CallBackNote {
  readonly #host: CallPartHost;
  #dialer: Dialer | undefined;
  #calls: readonly CallBack[] = [];
  /** Whose time came while the phone was idle; until something else happens. */
  #come: CallBack | undefined;
  #stop: (() => void) | undefined;
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
      if (dialer) void this.#watch(dialer);
    }
  }

  /** The element is out of the page. */
  rest(): void {
    this.#stop?.();
    clearTimeout(this.#timer);
    this.#dialer = this.#stop = this.#come = undefined;
    this.#calls = [];
  }

  async #watch(dialer: Dialer): Promise<void> {
    try {
      const port = await dialer.callBacks();
      if (dialer !== this.#dialer) return;
      const read = async () => {
        // What cannot be read now is read at the next change; the panel says what is wrong.
        const calls = await port.list().catch(() => undefined);
        if (calls && dialer === this.#dialer) this.#take(calls);
      };
      this.#stop = port.watch(() => void read());
      await read();
    } catch {
      // Asked again with the next phone.
    }
  }

  #take(calls: readonly CallBack[]): void {
    this.#calls = calls;
    if (!calls.some(({ callId }) => callId === this.#come?.callId)) this.#come = undefined;
    this.#wait();
    this.#host.requestUpdate();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const next = this.#calls.find(({ dueAt }) => dueAt > now);
    if (!next) return;
    this.#timer = setTimeout(
      () => {
        if (next.dueAt <= Date.now() && this.#host.state.phase === 'idle') this.#come = next;
        this.#wait();
        this.#host.requestUpdate();
      },
      Math.min(next.dueAt - now, LONGEST_WAIT_MS),
    );
  }

  /** Leads to the list; nothing where that is empty. */
  draw({ desk, numerals }: FullFace, t: PanelMessages): readonly TemplateResult[] {
    const total = this.#calls.length;
    if (total === 0 || this.#host.state.phase !== 'idle') return [];
    const speaker = { lang: t.lang, numerals };
    const due = this.#calls.filter(({ dueAt }) => dueAt <= Date.now()).length;
    return [
      html`<button part="call-backs-button" class="call-backs" @click=${() => desk.openPanel('call-backs')}>
        ${CALL_BACK}
        <span>${t.callBacks.listed(total, figure(speaker, total))}</span>
        ${due ? html`<b>${t.callBacks.dueCount(due, figure(speaker, due))}</b>` : nothing}
      </button>`,
    ];
  }

  /** Said politely. */
  heard({ callBacks }: PanelMessages): string {
    if (!this.#come) return '';
    const { name, number } = this.#come;
    return callBacks.isDue(isolated(name ?? `\u200e${shownNumber(number)}`));
  }
}
