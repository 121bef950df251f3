import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { RowSlots } from './row-slots.ts';
import { listHeight, rowAt, rowsToDraw, topOf, type RowLayout } from './visible-rows.ts';

/** Rows drawn above and below those in sight. */
const MARGIN = 6;

interface WindowHost extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/** What of a long list is in sight, measured as it is drawn; and what stays in its place when the list changes. */
export class RowWindow implements ReactiveController {
  #host: WindowHost;
  #scroller: HTMLElement | undefined;
  #watched = new Set<Element>();
  #rowHeight = 64;
  #detailsHeight = 0;
  #top = 0;
  #height = 560;
  /** Of the header, which covers the first of what is in sight. */
  #head = 0;
  #ids: readonly string[] = [];
  readonly #slots = new RowSlots();
  #open = -1;
  readonly #sizes = new ResizeObserver((entries) => this.#measured(entries));

  constructor(host: WindowHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The list as it will be drawn: its rows by id, and the open one. A reader in the middle of it stays where they are. */
  set(ids: readonly string[], openId: string | null): void {
    const before = this.#ids;
    const shift = this.#scroller && this.#top > 0 && before.length > 0 ? this.#shiftOf(ids) : 0;
    this.#ids = ids;
    this.#open = openId === null ? -1 : ids.indexOf(openId);
    if (shift === 0 || !this.#scroller) return;
    this.#top += shift;
    const { scroller, top } = { scroller: this.#scroller, top: this.#top };
    void this.#host.updateComplete.then(() => (scroller.scrollTop = top));
  }

  get height(): number {
    return listHeight(this.#layout);
  }

  topOf(index: number): number {
    return topOf(this.#layout, index);
  }

  /** Indexes of the rows to draw; the open one and `kept` are always among them. */
  rows(kept: string | null): number[] {
    const others = kept === null ? -1 : this.#ids.indexOf(kept);
    return rowsToDraw(this.#layout, { top: this.#top, height: this.#height }, MARGIN, [this.#open, others]);
  }

  /** Whose elements each of these rows is drawn with. */
  slots(ids: readonly string[]): number[] {
    return this.#slots.assign(ids);
  }

  /** Whether the end of what is loaded is near. */
  get nearEnd(): boolean {
    return rowAt(this.#layout, this.#top + this.#height * 2) >= this.#ids.length - 1;
  }

  readonly scrolled = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLElement)) return;
    const drawn = String(this.rows(null));
    this.#top = Math.max(0, currentTarget.scrollTop);
    if (drawn !== String(this.rows(null)) || this.nearEnd) this.#host.requestUpdate();
  };

  toTop(): void {
    this.#top = 0;
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  /** Brings a row in sight. */
  reveal(index: number): void {
    if (!this.#scroller) return;
    const top = this.topOf(index);
    const bottom = this.topOf(index + 1);
    const over = bottom - (this.#top + this.#height - this.#head);
    if (top < this.#top) this.#scroller.scrollTop = top;
    else if (over > 0) this.#scroller.scrollTop = Math.min(top, this.#top + over);
    this.#top = this.#scroller.scrollTop;
  }

  hostUpdated(): void {
    const find = (selector: string) => this.#host.renderRoot.querySelector<HTMLElement>(selector);
    this.#scroller = find('.scroller') ?? undefined;
    const drawn = [this.#scroller, find('.head'), find('.body .line'), find('.details')];
    const watched = new Set(drawn.filter((element) => element instanceof HTMLElement));
    for (const element of this.#watched) if (!watched.has(element as HTMLElement)) this.#sizes.unobserve(element);
    for (const element of watched) if (!this.#watched.has(element)) this.#sizes.observe(element);
    this.#watched = watched;
    if (!find('.details')) this.#detailsHeight = 0;
  }

  hostDisconnected(): void {
    this.#sizes.disconnect();
    this.#watched = new Set();
  }

  get #layout(): RowLayout {
    const { length: count } = this.#ids;
    const detailsHeight = this.#open < 0 ? 0 : this.#detailsHeight;
    return { count, rowHeight: this.#rowHeight, open: this.#open, detailsHeight };
  }

  /** How far the row at the top of what is in sight has moved by a change of the list. */
  #shiftOf(ids: readonly string[]): number {
    const at = rowAt(this.#layout, this.#top);
    const id = this.#ids[at];
    const now = id === undefined || ids[at] === id ? at : ids.indexOf(id);
    return now < 0 ? 0 : (now - at) * this.#rowHeight;
  }

  #measured(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target, borderBoxSize } of entries) {
      const size = borderBoxSize[0]?.blockSize ?? 0;
      if (target.classList.contains('line') && size > 0 && size !== this.#rowHeight) {
        // Whoever reads row 100 goes on reading it when rows become cards.
        this.#top = (this.#top / this.#rowHeight) * size;
        this.#rowHeight = size;
        changed = true;
      }
      if (target.classList.contains('details') && size !== this.#detailsHeight) {
        this.#detailsHeight = size;
        changed = true;
      }
      if (target.classList.contains('head')) this.#head = size > 1 ? size : 0;
      if (target.classList.contains('scroller') && size !== this.#height) {
        this.#height = size;
        changed = true;
      }
    }
    if (changed) this.#host.requestUpdate();
  }
}
