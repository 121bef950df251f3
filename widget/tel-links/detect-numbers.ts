import { NumberMarks, type NumberAt } from './number-marks.ts';
import { NumberButton, type ButtonWords } from './number-button.ts';
import { readVisible } from './visible-runs.ts';

export interface DetectNumbersOptions {
  /** Whether a text that looks like a telephone number is one: by the rules of the country whose numbers they are. */
  readonly isNumber: (text: string) => boolean;
  /** A number was clicked: as the page writes it, for `dial()`, and where it is in the window. */
  readonly onDial: (to: string, rect: DOMRect) => void;
  /** What the button beside a number says to those who do not see it. Without it, the number. */
  readonly words?: () => ButtonWords | undefined;
}

/** As for links; written here since the script tag's own copy would else become a file more that every page loads. */
function isPlain({ defaultPrevented, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return !(defaultPrevented || button || metaKey || ctrlKey || shiftKey || altKey);
}

/** A number pointed at is looked for once a frame, and by a mouse only: a finger clicks. */
const HOVERS = new Set(['mouse', 'pen']);

/**
 * Makes the telephone numbers in the plain text of a page clickable, without a change to its nodes: they are underlined
 * (where the browser can), a click calls, and a button stands beside the one that is pointed at or selected; Enter
 * calls the selected one. Inputs, editors, links, controls, code and `data-almasar-ignore` are left alone.
 * Answers how to undo it all.
 */
export function detectNumbers(
  root: Document | ShadowRoot,
  { isNumber, onDial, words = () => undefined }: DetectNumbersOptions,
): () => void {
  const marks = new NumberMarks(root, isNumber);
  const dial = ({ to, rect }: NumberAt) => onDial(to, rect);
  const button = new NumberButton(words, dial);
  const listening = new AbortController();
  const { signal } = listening;
  let pointer: { x: number; y: number } | undefined;
  let bySelection = false;

  function lookUnderPointer(): void {
    if (!pointer || bySelection || signal.aborted) return;
    const number = marks.at(pointer.x, pointer.y);
    pointer = undefined;
    if (number) button.show(number);
    else if (button.shown) button.leave();
  }

  function point({ pointerType, buttons, clientX, clientY }: PointerEvent): void {
    if (!HOVERS.has(pointerType) || buttons) return;
    if (!pointer) requestAnimationFrame(lookUnderPointer);
    pointer = { x: clientX, y: clientY };
  }

  function click(event: MouseEvent): void {
    if (!isPlain(event) || event.detail !== 1 || !document.getSelection()?.isCollapsed) return;
    const number = marks.at(event.clientX, event.clientY);
    if (!number) return;
    event.preventDefault();
    dial(number);
  }

  function select(): void {
    const number = marks.selected();
    if (number) button.show(number);
    else if (bySelection) button.hide();
    bySelection = Boolean(number);
  }

  function enter(event: KeyboardEvent): void {
    const atRest = event.target === document.body || event.target === document.documentElement;
    if (event.key !== 'Enter' || event.repeat || event.defaultPrevented || !atRest) return;
    const number = bySelection && marks.selected();
    if (!number) return;
    event.preventDefault();
    dial(number);
  }

  root.addEventListener('pointermove', (event) => point(event as PointerEvent), { signal, passive: true });
  // Without underlines nobody knows that a click would call: there the button alone does.
  if (marks.canMark) root.addEventListener('click', (event) => click(event as MouseEvent), { signal });
  document.addEventListener('selectionchange', select, { signal });
  document.addEventListener('keydown', enter, { signal });
  addEventListener('scroll', () => button.hide(), { signal, passive: true, capture: true });

  const stopReading = readVisible(root, {
    read: (text) => marks.mark(text),
    forget: (text) => marks.unmark(text),
  });
  return () => {
    listening.abort();
    stopReading();
    button.close();
    marks.close();
  };
}
