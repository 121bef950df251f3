import { findNumbers, type FoundNumber } from './find-numbers.ts';
import { isReadable } from './readable-text.ts';

/** A number under the pointer, or in the selection. */
export interface NumberAt {
  /** As the page has it. */
  readonly to: string;
  /** Where it is in the window. */
  readonly rect: DOMRect;
}

const NAME = 'almasar-number';

function sheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`::highlight(${NAME}){text-decoration:underline dotted 1px}`);
  return sheet;
}

/** Several roots of a page share one highlight. */
function highlight(): Highlight {
  const there = CSS.highlights.get(NAME);
  if (!there) CSS.highlights.set(NAME, new Highlight());
  return there ?? CSS.highlights.get(NAME)!;
}

function rangeOf(text: Text, { start, end }: FoundNumber): Range {
  const range = document.createRange();
  range.setStart(text, start);
  range.setEnd(text, end);
  return range;
}

function isOver(range: Range, x: number, y: number): boolean {
  return [...range.getClientRects()].some(
    (rect) => x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom,
  );
}

/** Marks the numbers of texts, and finds the one at a point; the page's nodes stay as they are. */
export class NumberMarks {
  readonly #root: Document | ShadowRoot;
  readonly #isNumber: (text: string) => boolean;
  /** Static: live ranges would make every change of the page slower. */
  readonly #marks = new Map<Text, StaticRange[]>();
  readonly #sheet: CSSStyleSheet | undefined;

  /** Whether the browser can mark text without a change to the page (CSS Custom Highlight API). */
  readonly canMark = 'highlights' in CSS;

  constructor(root: Document | ShadowRoot, isNumber: (text: string) => boolean) {
    this.#root = root;
    this.#isNumber = isNumber;
    if (!this.canMark) return;
    this.#sheet = sheet();
    root.adoptedStyleSheets.push(this.#sheet);
  }

  mark(text: Text): void {
    if (!this.canMark) return;
    this.unmark(text);
    const ranges = findNumbers(text.data, this.#isNumber).map(
      ({ start, end }) =>
        new StaticRange({ startContainer: text, startOffset: start, endContainer: text, endOffset: end }),
    );
    if (!ranges.length) return;
    this.#marks.set(text, ranges);
    for (const range of ranges) highlight().add(range);
  }

  unmark(text: Text): void {
    for (const range of this.#marks.get(text) ?? []) highlight().delete(range);
    this.#marks.delete(text);
  }

  /** The number whose digits are at a point of the window. */
  at(x: number, y: number): NumberAt | undefined {
    const { node, offset } = this.#caretAt(x, y);
    if (!(node instanceof Text) || !isReadable(node.parentElement)) return undefined;
    for (const found of findNumbers(node.data, this.#isNumber)) {
      if (offset < found.start || offset > found.end) continue;
      const range = rangeOf(node, found);
      // Beside a text, the caret is the nearest one in it.
      if (isOver(range, x, y)) return { to: range.toString(), rect: range.getBoundingClientRect() };
    }
    return undefined;
  }

  /** The number that is selected, if it is one number. */
  selected(): NumberAt | undefined {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
    const range = selection.getRangeAt(0);
    const ends = [range.startContainer, range.endContainer];
    if (!ends.every((node) => this.#root.contains(node) && isReadable(node.parentElement))) return undefined;
    const text = range.toString();
    const [found, another] = findNumbers(text, this.#isNumber);
    if (!found || another) return undefined;
    return { to: text.slice(found.start, found.end), rect: range.getBoundingClientRect() };
  }

  close(): void {
    for (const text of this.#marks.keys()) this.unmark(text);
    const { adoptedStyleSheets } = this.#root;
    const index = this.#sheet ? adoptedStyleSheets.indexOf(this.#sheet) : -1;
    if (index >= 0) adoptedStyleSheets.splice(index, 1);
    if (this.canMark && !highlight().size) CSS.highlights.delete(NAME);
  }

  #caretAt(x: number, y: number): { node: Node | null; offset: number } {
    if ('caretPositionFromPoint' in document) {
      const shadowRoots = this.#root instanceof ShadowRoot ? [this.#root] : [];
      const caret = document.caretPositionFromPoint(x, y, { shadowRoots });
      return { node: caret?.offsetNode ?? null, offset: caret?.offset ?? 0 };
    }
    // Safari and older Chromium.
    const range = (document as Document).caretRangeFromPoint(x, y);
    return { node: range?.startContainer ?? null, offset: range?.startOffset ?? 0 };
  }
}
