import type { AlmasarDialer } from '../element/almasar-dialer.ts';
import { isPlainClick, telLinkOf } from './tel-link.ts';

/** The page's element; upgraded once `load` has resolved. */
function dialer(): AlmasarDialer | null {
  return document.querySelector('almasar-dialer');
}

function tellNotLoaded(element: Element): void {
  const detail = { code: 'service-unreachable', carrierCode: null, message: 'The phone could not be loaded.' };
  element.dispatchEvent(new CustomEvent('almasar-error', { bubbles: true, composed: true, detail }));
}

/**
 * Calls the numbers of clicked `tel:` links through the page's `<almasar-dialer>`, wherever and whenever the links come
 * into the page. `load` brings the element's class: asked for when a finger goes down on a link, awaited by the call.
 */
export function callTelLinks(load: () => Promise<unknown>): void {
  let broken = false;

  async function onceLoaded(then: () => void, otherwise = () => {}): Promise<void> {
    try {
      await load();
      broken = false;
    } catch {
      broken = true;
      otherwise();
      return;
    }
    then();
  }

  document.addEventListener('pointerdown', (event) => {
    if (telLinkOf(event) && dialer()) void onceLoaded(() => dialer()?.prepare());
  });

  // Bubbling, so that the page's own handlers come first and may prevent it.
  document.addEventListener('click', (event) => {
    const link = isPlainClick(event) && telLinkOf(event);
    const element = dialer();
    // Without the phone, a number is in better hands with the browser than with a script that does nothing.
    if (!link || !element || broken) return;
    event.preventDefault();
    void onceLoaded(
      () => dialer()?.dial(link.to, { name: link.name }),
      () => {
        tellNotLoaded(element);
        open(`tel:${encodeURIComponent(link.to)}`, '_self');
      },
    );
  });
}
