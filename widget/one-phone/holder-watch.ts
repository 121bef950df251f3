/** The tab with the phone says something at every change; after this it is asked whether it is there. */
const SILENT_MS = 30_000;

/** A tab that is only busy answers by then. */
const ANSWER_MS = 10_000;

/**
 * Tells when the tab with the phone hangs, as one does whose page has a dialog open (`confirm`, printing): customers' calls
 * are not answered there, and the others would go on showing that it is ready.
 */
export class HolderWatch {
  readonly #ask: () => void;
  readonly #onHangs: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `ask` makes a tab that does not hang say something. */
  constructor(ask: () => void, onHangs: () => void) {
    this.#ask = ask;
    this.#onHangs = onHangs;
  }

  /** It has said something, or is watched from now on. */
  heard(): void {
    clearTimeout(this.#timer);
    // Not all tabs at once: what one asks, the answer tells all.
    this.#timer = setTimeout(() => this.#look(), SILENT_MS * (1 + Math.random() / 2));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    this.#timer = setTimeout(() => {
      this.heard();
      this.#onHangs();
    }, ANSWER_MS);
    this.#ask();
  }
}
