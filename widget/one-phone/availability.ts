/** What the agent has said about being there for customers, kept for whichever tab has the phone next. */
export class Availability {
  readonly #key: string;
  readonly #storage: () => Storage;

  constructor(key: string, storage: () => Storage) {
    this.#key = `${key}:away`;
    this.#storage = storage;
  }

  get(): boolean {
    try {
      return this.#storage().getItem(this.#key) === null;
    } catch {
      return true;
    }
  }

  set(on: boolean): void {
    try {
      if (on) this.#storage().removeItem(this.#key);
      else this.#storage().setItem(this.#key, '1');
    } catch {
      // Nothing can be kept here: it is true until the page goes.
    }
  }
}
