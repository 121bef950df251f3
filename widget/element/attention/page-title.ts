/** How long each of the two titles is shown, in milliseconds: browsers let a hidden page act once a second. */
const TURN_MS = 1000;

/** Shows a second title in turn with the page's own, and then the page's own again: also the one it has taken meanwhile. */
export class PageTitle {
  #own = '';
  #other = '';
  #timer: ReturnType<typeof setInterval> | undefined;

  alternate(other: string): void {
    this.#own = document.title;
    this.#other = other;
    document.title = other;
    this.#timer = setInterval(() => this.#turn(), TURN_MS);
  }

  restore(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#notice();
    if (document.title !== this.#own) document.title = this.#own;
  }

  /** A title that is not ours is the page's, whenever it was set. */
  #notice(): void {
    if (document.title !== this.#other) this.#own = document.title;
  }

  #turn(): void {
    this.#notice();
    document.title = document.title === this.#other ? this.#own : this.#other;
  }
}
