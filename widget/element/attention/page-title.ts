/** How long each of the two titles is shown, in milliseconds: browsers let a hidden page act once a second. */
const TURN_MS = 1000;

/** What phones in this page show in turn with its title: whatever else is there is the page's, whenever it was set. */
const others = new Map<PageTitle, string>();
let own = '';

function notice(): void {
  const { title } = document;
  if (![...others.values()].includes(title)) own = title;
}

/** Shows a second title in turn with the page's own, and then the page's own again: also the one it has taken meanwhile. */
export class PageTitle {
  #timer: ReturnType<typeof setInterval> | undefined;

  alternate(other: string): void {
    notice();
    others.set(this, other);
    document.title = other;
    this.#timer = setInterval(() => this.#turn(other), TURN_MS);
  }

  restore(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    notice();
    others.delete(this);
    if (document.title !== own) document.title = own;
  }

  #turn(other: string): void {
    notice();
    document.title = document.title === other ? own : other;
  }
}
