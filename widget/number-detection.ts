import type { ReactiveController } from 'lit';
import { detectInPage } from './detect-in-page.ts';
import type { AlmasarDialer } from './element/almasar-dialer.ts';

/** Makes numbers in the page's plain text clickable while an element in the page asks for it (`detect-numbers`). */
export class NumberDetection implements ReactiveController {
  readonly #element: AlmasarDialer;
  readonly #base: URL;
  #wanted = false;
  #stop: (() => void) | undefined;

  constructor(element: AlmasarDialer, base: URL) {
    this.#element = element;
    this.#base = base;
    element.addController(this);
    this.hostUpdated();
  }

  hostUpdated(): void {
    const { detectNumbers, isConnected } = this.#element;
    if (this.#wanted === (detectNumbers && isConnected)) return;
    this.#wanted = !this.#wanted;
    if (this.#wanted) void this.#begin();
    else this.#end();
  }

  hostDisconnected(): void {
    this.#wanted = false;
    this.#end();
  }

  #end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  async #begin(): Promise<void> {
    try {
      const stop = await detectInPage(this.#element, this.#base);
      if (this.#wanted && !this.#stop) this.#stop = stop;
      else stop();
    } catch {
      // Numbers stay plain text, as they are without the attribute.
      this.#wanted = false;
    }
  }
}
