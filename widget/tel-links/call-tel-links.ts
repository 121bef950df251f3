import type { AlmasarDialer } from '../element/almasar-dialer.ts';
import { framedDialOf, TAKEN } from './framed-dial.ts';
import type { TelLink } from './tel-link.ts';
import { watchLinks } from './watch-links.ts';

/** The page's element; upgraded once `load` has resolved. */
function dialer(): AlmasarDialer | null {
  return document.querySelector('almasar-dialer');
}

/**
 * Calls the numbers of clicked `tel:` links through the page's `<almasar-dialer>`, wherever and whenever the links come
 * into the page or into a frame of its origin; and those that the bridge script reports from frames of the origins in
 * the element's `frame-origins`. `load` brings the element's class: asked for when the pointer is over a link,
 * awaited by the call.
 */
export function callTelLinks(load: () => Promise<unknown>): void {
  let broken = false;
  // One after the other: two imports of one script may be answered in either order, and the link clicked first is the one to call.
  let loaded: Promise<unknown> | undefined;

  function onceLoaded(then: () => void, otherwise?: () => void): void {
    (loaded = loaded?.then(load, load) ?? load()).then(
      () => {
        broken = false;
        return then();
      },
      () => {
        broken = true;
        otherwise?.();
      },
    );
  }

  /** Whether it calls. Without the phone, a number is in better hands with the browser than with a script that does nothing. */
  function call({ to, name, href }: TelLink, again?: boolean): boolean {
    const element = dialer();
    if (!element || broken) return false;
    if (!again) {
      onceLoaded(
        () => dialer()?.dial(to, { name }),
        () => {
          const detail = { code: 'service-unreachable', carrierCode: null, message: 'The phone did not load.' };
          element.dispatchEvent(new CustomEvent('almasar-error', { bubbles: true, detail }));
          open(href, '_self');
        },
      );
    }
    return true;
  }

  watchLinks(document, call, (pressed) => dialer() && onceLoaded(() => pressed && dialer()?.prepare()));

  addEventListener('message', (event) => {
    const dial = framedDialOf(event, dialer()?.getAttribute('frame-origins') ?? '');
    if (dial && call({ ...dial, href: `tel:${encodeURIComponent(dial.to)}` })) {
      (event.source as Window).postMessage({ type: TAKEN }, event.origin);
    }
  });
}
