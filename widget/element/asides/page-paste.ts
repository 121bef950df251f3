import type { ReactiveController } from 'lit';
import type { CallPartHost } from '../call-part.ts';
import type { Desk } from '../desk.ts';

/**
 * A paste while the focus is in the element and in no field. Chromium tells what has the focus, which hears it by itself;
 * Firefox and Safari tell what is selected: something of the page.
 */
export class PagePaste implements ReactiveController {
  readonly #host: CallPartHost;
  readonly #desk: Desk;

  constructor(host: CallPartHost, desk: Desk) {
    this.#host = host;
    this.#desk = desk;
  }

  hostConnected(): void {
    this.#host.ownerDocument.addEventListener('paste', this.#paste);
  }

  hostDisconnected(): void {
    this.#host.ownerDocument.removeEventListener('paste', this.#paste);
  }

  readonly #paste = (event: ClipboardEvent): void => {
    if (this.#host.shadowRoot?.activeElement && !event.composedPath().includes(this.#host)) this.#desk.paste(event);
  };
}
