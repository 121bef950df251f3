import { numberShownAs } from './shown-number.ts';

/** What only directs the eye: UAX #9, explicit directional formatting. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Chromium keeps what is selected in a shadow root to the root; other browsers tell the document. */
function selectedIn(root: Node): string {
  const { getSelection } = root as { getSelection?: () => Selection | null };
  return (getSelection ? getSelection.call(root) : document.getSelection())?.toString() ?? '';
}

function selectedText(event: Event): string {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0);
  }
  return target instanceof Node ? selectedIn(target.getRootNode()) : '';
}

/**
 * Copies what another program can use: a number in E.164, or as it is written without the spaces that are there for the
 * eye, any other text without bidi marks, which nobody sees and a phone field or a search stumbles over.
 */
export function copyClean(event: ClipboardEvent): void {
  const selected = selectedText(event);
  const text = selected.replace(DIRECTIONS, '');
  const clean = numberShownAs(text.trim()) ?? (/^\s*\+?[\d ]*\d\s*$/.test(text) ? text.replace(/\s/g, '') : text);
  if (clean === selected) return;
  event.clipboardData?.setData('text/plain', clean);
  event.preventDefault();
}
