import type { LitElement, ReactiveController } from 'lit';
import { languageOf, loadLocale, type Language } from '../locales/load-locale.ts';
import type { Messages } from '../locales/messages.ts';

/** The `lang` that applies to an element: its own, or the nearest one around it, through shadow roots. */
export function langOf(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  if (near) return near.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langOf(root.host) : document.documentElement.lang;
}

/** Speaks the language of the element's place in the page, and changes it when the page does. */
export class PageLanguage implements ReactiveController {
  /** Undefined until the first language has arrived. */
  messages: Messages | undefined;
  /** Settles when the messages asked for last have arrived (or could not be fetched). */
  ready: Promise<void> = Promise.resolve();
  readonly #host: LitElement;
  readonly #observer = new MutationObserver(() => this.#follow());
  #language: Language | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    const changes = { attributeFilter: ['lang'], subtree: true };
    this.#observer.observe(document, changes);
    this.#observer.observe(this.#host, changes);
    this.#follow();
  }

  /** Asks again for words that could not be fetched: a call nobody can see is worse than a late one. */
  hostUpdate(): void {
    if (!this.messages) this.#follow();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #follow(): void {
    const language = languageOf(langOf(this.#host));
    if (language === this.#language) return;
    this.#language = language;
    this.ready = this.#load(language);
  }

  async #load(language: Language): Promise<void> {
    try {
      const messages = await loadLocale(language);
      if (language !== this.#language) return await this.ready;
      this.messages = messages;
      this.#host.requestUpdate();
    } catch {
      // Forgotten, so that the next move or change of language asks again.
      this.#language = undefined;
    }
  }
}
