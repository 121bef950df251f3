import type { LitElement, ReactiveController } from 'lit';
import { languageOf, loadCallMessages, loadLocale, type Language } from '../locales/load-locale.ts';
import type { FirstMessages, Messages } from '../locales/messages.ts';
import { firstWords, ownFor, type OwnMessages } from '../locales/own-messages.ts';

/** The `lang` that applies to an element: its own, or the nearest one around it, through shadow roots. */
export function langOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langOf(root.host) : document.documentElement.lang;
}

export interface Speaker extends LitElement {
  /** The page's own words. */
  readonly messages: OwnMessages | undefined;
}

/** Speaks the language of the element's place in the page, and changes it when the page does. */
export class PageLanguage implements ReactiveController {
  /** Undefined until the first language has arrived. */
  messages: FirstMessages | undefined;
  /** With what is said of calls; undefined until that was wanted and has arrived. */
  words: Messages | undefined;
  /** Settles when what was asked for last has arrived (or could not be fetched). */
  ready: Promise<void> = Promise.resolve();
  readonly #host: Speaker;
  readonly #observer = new MutationObserver(() => this.#follow());
  #key: readonly unknown[] = [];
  #callsWanted = false;

  constructor(host: Speaker) {
    this.#host = host;
    host.addController(this);
  }

  /** What the built-in words are in: `ar` or `en`. */
  get language(): Language {
    return languageOf(langOf(this.#host));
  }

  /** The page's own words here, if it has any. */
  get own(): { lang: string; own: object } | null {
    return ownFor(langOf(this.#host), this.#host.messages);
  }

  /** From now on, what is said of calls is wanted too. */
  wantCalls(): void {
    this.#callsWanted = true;
    this.#follow();
  }

  hostConnected(): void {
    const changes = { attributeFilter: ['lang'], subtree: true };
    this.#observer.observe(document, changes);
    this.#observer.observe(this.#host, changes);
    this.#follow();
  }

  /** Asks again for words that could not be fetched: a call nobody can see is worse than a late one. */
  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #follow(): void {
    const key = [langOf(this.#host), this.#host.messages, this.#callsWanted];
    if (key.every((value, index) => value === this.#key[index])) return;
    this.#key = key;
    this.ready = this.#load(key);
  }

  async #load(key: readonly unknown[]): Promise<void> {
    const { language, own } = this;
    const calls = this.#callsWanted ? loadCallMessages(language).catch(() => null) : undefined;
    try {
      const first = firstWords(await loadLocale(language), own);
      // What a call is shown in changes as a whole.
      if (key === this.#key && !this.words) this.#say(first, undefined);
      const said = await calls;
      if (key !== this.#key) return await this.ready;
      if (said === null) throw new Error('The words for calls could not be fetched.');
      this.#say(first, said && (firstWords({ ...said, ...first }, own) as Messages));
    } catch {
      // Forgotten, so that the next update asks again.
      if (key === this.#key) this.#key = [];
    }
  }

  #say(messages: FirstMessages, words: Messages | undefined): void {
    this.messages = messages;
    this.words = words;
    this.#host.requestUpdate();
  }
}
