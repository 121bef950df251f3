/** What the script tag loads at once: calls `tel:` links from the first click on, and brings the rest when it is needed. */
import type * as Dialer from './index.ts';
import { isPlainClick, telLinkOf } from './tel-links/intercept.ts';

/** Loaded twice, also by two scripts of different versions, the widget is there once. */
const LOADED = Symbol.for('almasar-dialer');

type Host = typeof globalThis & { [LOADED]?: true };

function dialer() {
  return document.querySelector('almasar-dialer');
}

function boot(): void {
  let rest: Promise<typeof Dialer> | undefined;
  let broken = false;

  function load(): Promise<typeof Dialer> {
    rest ??= import('./index.ts').then(
      (module) => {
        broken = false;
        return module;
      },
      (error: unknown) => {
        rest = undefined;
        broken = true;
        throw error;
      },
    );
    return rest;
  }

  const quietly = () => void load().catch(() => {});

  document.addEventListener('pointerdown', (event) => {
    if (dialer() && telLinkOf(event))
      load().then(
        () => dialer()?.prepare(),
        () => {},
      );
  });

  document.addEventListener('click', (event) => {
    const link = isPlainClick(event) && telLinkOf(event);
    const element = dialer();
    // Without the rest, a number is in better hands with the browser than with a script that does nothing.
    if (!link || !element || broken) return;
    event.preventDefault();
    load().then(
      () => dialer()?.dial(link.to, link.name ? { name: link.name } : {}),
      () =>
        element.dispatchEvent(
          new CustomEvent('almasar-error', {
            bubbles: true,
            composed: true,
            detail: { code: 'service-unreachable', carrierCode: null, message: 'The phone could not be loaded.' },
          }),
        ),
    );
  });

  if ('requestIdleCallback' in globalThis) requestIdleCallback(quietly, { timeout: 3000 });
  else setTimeout(quietly, 300);
}

const host: Host = globalThis;
if (!host[LOADED]) {
  host[LOADED] = true;
  boot();
}
