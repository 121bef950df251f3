import type { LitElement, ReactiveController } from 'lit';
import { langOf } from '../element/page-language.ts';
import type { CallLogMessages } from '../locales/call-log-messages.ts';
import { languageOf, type Language } from '../locales/load-locale.ts';

export type DeepPartial<T> = T extends (...args: never[]) => unknown
  ? T
  : { readonly [Key in keyof T]?: DeepPartial<T[Key]> };

/** Words of the page's own, by language tag: they replace ours, or add a language (with its `dir`). */
export type CallLogWords = Readonly<Record<string, DeepPartial<CallLogMessages>>>;

const LOCALES: Readonly<Record<Language, () => Promise<CallLogMessages>>> = {
  ar: async () => (await import('../locales/call-log-ar.ts')).callLogAr,
  en: async () => (await import('../locales/call-log-en.ts')).callLogEn,
};

function merged(base: object, over: object): object {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over) as [string, unknown][]) {
    const below = result[key];
    const both = typeof below === 'object' && below && typeof value === 'object' && value;
    if (value !== undefined) result[key] = both ? merged(below, value) : value;
  }
  return result;
}

/** The words for a language tag: ours, with the page's in their place. A language of the page's own stands on English. */
export function wordsFor(tag: string, ours: CallLogMessages, words: CallLogWords): CallLogMessages {
  const primary = tag.toLowerCase().split('-')[0] ?? '';
  const own = words[tag] ?? words[primary];
  if (!own) return ours;
  const added = primary === ours.lang ? {} : { lang: tag, locale: tag };
  return merged(ours, { ...added, ...own }) as CallLogMessages;
}

interface LogHost extends LitElement {
  readonly messages: CallLogWords;
}

/** Speaks the language of the element's place in the page, and changes it when the page does. */
export class LogLanguage implements ReactiveController {
  /** Settles when the words asked for last have arrived (or could not be fetched). */
  ready: Promise<void> = Promise.resolve();
  readonly #host: LogHost;
  readonly #observer = new MutationObserver(() => this.#follow());
  #tag: string | undefined;
  #ours: CallLogMessages | undefined;
  #made: { readonly of: readonly unknown[]; readonly messages: CallLogMessages } | undefined;

  constructor(host: LogHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Undefined until the first language has arrived. One object as long as nothing changes. */
  get messages(): CallLogMessages | undefined {
    const of = [this.#tag, this.#ours, this.#host.messages];
    if (!this.#ours) return undefined;
    if (!this.#made || this.#made.of.some((each, at) => each !== of[at])) {
      this.#made = { of, messages: wordsFor(this.#tag ?? '', this.#ours, this.#host.messages) };
    }
    return this.#made.messages;
  }

  hostConnected(): void {
    const changes = { attributeFilter: ['lang'], subtree: true };
    this.#observer.observe(document, changes);
    this.#observer.observe(this.#host, changes);
    this.#follow();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #follow(): void {
    const tag = langOf(this.#host);
    if (tag === this.#tag) return;
    this.#tag = tag;
    this.ready = this.#load(tag);
  }

  async #load(tag: string): Promise<void> {
    try {
      const ours = await LOCALES[languageOf(tag)]();
      if (tag !== this.#tag) return await this.ready;
      this.#ours = ours;
      this.#host.requestUpdate();
    } catch {
      // Forgotten, so that the next move or change of language asks again.
      this.#tag = undefined;
    }
  }
}
