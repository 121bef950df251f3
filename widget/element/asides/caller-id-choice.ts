import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CallerId, CallerIds, Dialer } from '../../core/dialer.ts';
import type { ProblemCode } from '../../core/state.ts';
import type { Language } from '../../locales/load-locale.ts';
import type { Verdict } from '../../locales/messages.ts';
import type { PanelMessages } from '../../locales/panels-messages.ts';
import type { CallPartHost } from '../call-part.ts';
import { CLOSE } from '../first-icons.ts';
import { keepKeys } from '../panels/pane.ts';
import { shownNumber } from '../shown-number.ts';
import { callerId as styles } from '../styles/caller-id.ts';
import { notice } from '../views/banner.ts';
import type { FullFace } from '../views/face.ts';
import { wear } from '../views/talk-drawing.ts';

type Words = PanelMessages['side']['callerId'];

const ID = 'caller-id';

/** In one piece and left to right, whichever way the sentence runs (U+2066 … U+2069). */
function shown(number: string): string {
  return `\u2066${shownNumber(number).replaceAll(' ', '\u00a0')}\u2069`;
}

function named({ number, label }: CallerId, language: Language): string {
  return label ? `\u2068${label[language]}\u2069 · ${shown(number)}` : shown(number);
}

/**
 * Which number customers see, where the agent may show several: chosen here, kept for the agent, followed in every tab.
 * It is the element's `callerId`, which the page may set, too; one that may not be shown gives way, and that is said.
 */
export class CallerIdChoice {
  readonly #host: CallPartHost;
  #dialer: Dialer | undefined;
  #ids: CallerIds | undefined;
  #asked = false;
  #unsubscribe: (() => void) | undefined;
  /** What was put into the element here, and is to go with the agent. */
  #own: string | undefined;
  /** What was chosen and may not be shown. */
  #gone: string | undefined;
  /** It does not come between the agent and the keypad while a number is being written. */
  #drawn = false;
  #problem: ProblemCode | undefined;

  constructor(host: CallPartHost) {
    this.#host = host;
    wear(host, styles);
  }

  /** To be called before every update. */
  follow(): void {
    const { state } = this.#host;
    this.#heed();
    const code = state.problem?.code;
    // What the service refuses, it no longer tells.
    if (code !== this.#problem && code === 'caller-id-refused') this.#asked = false;
    this.#problem = code;
    if (!this.#ids && state.phase !== 'idle') this.#asked = false;
  }

  /** Another phone is another agent’s, for all that is known. */
  #heed(): void {
    const { dialer } = this.#host;
    if (dialer === this.#dialer) return;
    this.rest();
    if (this.#host.callerId === this.#own) this.#host.callerId = undefined;
    this.#dialer = dialer;
    this.#ids = this.#own = this.#gone = undefined;
    this.#asked = this.#drawn = false;
  }

  /** The element is out of the page. */
  rest(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#asked = false;
  }

  async #ask(): Promise<void> {
    const dialer = this.#dialer;
    if (this.#asked || !dialer) return;
    this.#asked = true;
    try {
      const ids = await dialer.callerIds();
      if (!this.#asked || dialer !== this.#dialer) return;
      this.#unsubscribe?.();
      this.#ids = ids;
      this.#unsubscribe = ids.subscribe(this.#adopt);
      this.#settle(ids);
    } catch {
      // Without the list, the service chooses; it is asked for again after the next call.
    }
  }

  /** Chosen in this tab or in another. */
  readonly #adopt = (): void => {
    const ids = this.#ids;
    if (!ids) return;
    this.#put(ids.chosen() ?? undefined);
    this.#settle(ids);
  };

  #settle(ids: CallerIds): void {
    const may = (number: string | null | undefined) => ids.numbers.some((each) => each.number === number);
    const [given, chosen] = [this.#host.callerId, ids.chosen()];
    const wanted = given ?? chosen;
    if (wanted && !may(wanted)) this.#gone = wanted;
    if (chosen && !may(chosen)) ids.choose(null);
    if (may(given)) this.#host.callerId = given;
    else this.#put(may(chosen) ? (chosen ?? undefined) : undefined);
    this.#host.requestUpdate();
  }

  #put(number: string | undefined): void {
    this.#own = number;
    this.#host.callerId = number;
  }

  readonly #choose = ({ target }: Event): void => {
    if (!(target instanceof HTMLSelectElement)) return;
    this.#gone = undefined;
    this.#put(target.value || undefined);
    this.#ids?.choose(target.value || null);
    this.#host.requestUpdate();
  };

  /** What takes the place of the note has the focus then. */
  readonly #forget = async (): Promise<void> => {
    this.#gone = undefined;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.shadowRoot?.getElementById(ID)?.focus();
  };

  #verdict(words: Words): Verdict | null {
    return this.#gone ? { title: words.gone(shown(this.#gone)), advice: words.goneAdvice } : null;
  }

  /** Between calls: what is chosen, and what is chosen no more. */
  draw({ t, state, desk }: FullFace, words: Words, language: Language): TemplateResult[] {
    if (state.phase !== 'idle') return [];
    // Within an update the phone is made after what follows it.
    this.#heed();
    void this.#ask();
    const gone = this.#verdict(words);
    const close = html`<button class="icon" aria-label=${t.close} @click=${() => void this.#forget()}>
      ${CLOSE}
    </button>`;
    // One at a time: with both, the last keys would lie below the edge.
    if (gone) return [notice(gone, close)];
    const numbers = this.#ids?.numbers ?? [];
    this.#drawn ||= numbers.length > 1 && !desk.draft;
    return this.#drawn && numbers.length > 1 ? [this.#select(numbers, words, language)] : [];
  }

  #select(numbers: readonly CallerId[], words: Words, language: Language): TemplateResult {
    const { callerId } = this.#host;
    const option = (value: string, text: string, chosen: boolean) =>
      html`<option value=${value} .selected=${live(chosen)}>${text}</option>`;
    return html`<div part="caller-id" class="caller-id">
      <label for=${ID}>${words.label}</label>
      <select id=${ID} title=${words.why} @change=${this.#choose} @keydown=${keepKeys}>
        ${option('', words.automatic, !callerId)}
        ${numbers.map((each) => option(each.number, named(each, language), each.number === callerId))}
      </select>
    </div>`;
  }

  /** What is to be heard politely; empty for nothing. */
  heard({ state }: FullFace, words: Words): string {
    const gone = state.phase === 'idle' ? this.#verdict(words) : null;
    return gone ? `${gone.title}. ${gone.advice}` : '';
  }
}
