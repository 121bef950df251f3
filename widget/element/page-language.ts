import type { LitElement, ReactiveController } from 'lit';
import { languageOf, loadCallMessages, loadLocale, loadTalkMessages, type Language } from '../locales/load-locale.ts';
import type { FirstMessages, Messages, TalkWords } from '../locales/messages.ts';
import type { OwnMessages } from '../locales/own-messages.ts';

/** The `lang` that applies to an element: its own, or the nearest one around it, through shadow roots. */
export function langOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langOf(root.host) : document.documentElement.lang;
}

/** Of what is drawn and said of calls: of one under way, or all. */
export type Wanted = 'talk' | 'all';

export interface Speaker extends LitElement {
  /** The page's own words. */
  readonly messages: OwnMessages | undefined;
}

/** Speaks the language of the element's place in the page, and changes it when the page does. */
export class PageLanguage implements ReactiveController {
  /** Undefined until the first language has arrived. */
  messages: FirstMessages | undefined;
  /** With what is said of a call under way; undefined until that was wanted and has arrived. */
  talk: TalkWords | undefined;
  /** With all that is said of calls; undefined until that was wanted and has arrived. */
  words: Messages | undefined;
  /** Settles when what was asked for last has arrived (or could not be fetched). */
  ready: Promise<void> = Promise.resolve();
  readonly #host: Speaker;
  readonly #observer = new MutationObserver(() => this.#follow());
  #key: readonly unknown[] = [];
  #wanted: Wanted | undefined;

  constructor(host: Speaker) {
    this.#host = host;
    host.addController(this);
  }

  /** What the built-in words are in: `ar` or `en`. */
  get language(): Language {
    return languageOf(langOf(this.#host));
  }

  /** From now on, this is wanted too. */
  want(what: Wanted): void {
    if (this.#wanted !== 'all') this.#wanted = what;
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
    const key = [langOf(this.#host), this.#host.messages, this.#wanted];
    if (key.every((value, index) => value === this.#key[index])) return;
    this.#key = key;
    this.ready = this.#load(key);
  }

  async #load(key: readonly unknown[]): Promise<void> {
    const { language } = this;
    const later = Promise.all([
      this.#wanted && loadTalkMessages(language),
      this.#wanted === 'all' ? loadCallMessages(language) : undefined,
    ]);
    // Told below.
    later.catch(() => {});
    try {
      const first = await loadLocale(language);
      const own = await this.#own();
      // What a call is shown in changes as a whole.
      if (key === this.#key && !this.talk) this.#say(own(first));
      const [talk, calls] = await later;
      if (key !== this.#key) return await this.ready;
      if (!talk) return;
      const words = { ...first, ...talk };
      this.#say(own(first), own(words), calls && own({ ...words, ...calls }));
    } catch {
      // Forgotten, so that the next update asks again.
      if (key === this.#key) this.#key = [];
    }
  }

  /** Puts the page's own words in place of ours, by a script that only pages with such words pay for. */
  async #own(): Promise<<T extends FirstMessages>(words: T) => T> {
    const { messages } = this.#host;
    if (!messages) return (words) => words;
    const { ownWords } = await import('../locales/own-messages.ts');
    const tag = langOf(this.#host);
    return (words) => ownWords(words, tag, messages);
  }

  #say(messages: FirstMessages, talk?: TalkWords, words?: Messages): void {
    this.messages = messages;
    this.talk = talk;
    this.words = words;
    this.#host.requestUpdate();
  }
}
