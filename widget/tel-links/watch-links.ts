import { isPlainClick, telLinkOf, type TelLink } from './tel-link.ts';

/**
 * Watches the `tel:` links of a document and of the frames of its origin in it, whenever either comes. A few listeners a
 * document, none a link: a page pays the same for one link as for ten thousand. A document that a frame leaves takes its
 * listeners with it.
 *
 * `onClick` is asked once for a click, also a double one, and once for Enter, however long it is held: it says
 * whether it takes the link, else the browser follows it. `onNear` comes before: with the pointer over a link, and when
 * it is pressed.
 */
export function watchLinks(
  document: Document,
  onClick: (link: TelLink, again: boolean) => boolean,
  onNear?: (pressed: boolean) => void,
): void {
  let held = false;

  /** The pointer may be in a frame that still loads, or in one in a shadow root, whose `load` stays in there. */
  function near(event: Event): void {
    frame(event);
    if (telLinkOf(event)) onNear?.(event.type === 'pointerdown');
  }

  function key(event: KeyboardEvent): void {
    held = event.repeat;
  }

  // Bubbling, so that the page's own handlers come first and may prevent it.
  function click(event: MouseEvent): void {
    const link = isPlainClick(event) && telLinkOf(event);
    // A second click of a double click, or a click made by a key that is held.
    if (link && onClick(link, event.detail > 1 || (held && !event.detail))) event.preventDefault();
  }

  function frame(event: Event): void {
    watchFrame(event.composedPath()[0] as HTMLIFrameElement);
  }

  function watchFrame(frame: HTMLIFrameElement): void {
    if (frame.contentDocument && !frame.closest('[data-almasar-ignore]')) watch(frame.contentDocument);
  }

  // A listener added twice is there once.
  function watch(document: Document): void {
    // The first listener to a pointer waits for the browser's compositor: not while the page loads.
    setTimeout(() => {
      document.addEventListener('pointerdown', near);
      document.addEventListener('pointerover', near);
    });
    document.addEventListener('click', click);
    document.addEventListener('keydown', key, true);
    document.addEventListener('keyup', key, true);
    document.addEventListener('load', frame, true);
    // Asked for its number first: a long page has no frame as a rule, and is not searched for one.
    if (document.defaultView!.length)
      for (const each of document.querySelectorAll<HTMLIFrameElement>('iframe,frame,object')) watchFrame(each);
  }

  watch(document);
}
