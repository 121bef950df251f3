/** What the script tag loads at once: calls `tel:` links from the first click on, and brings the rest when it is needed. */
import { callTelLinks } from './tel-links/call-tel-links.ts';

/** Loaded twice, also by two scripts of different versions, the widget is there once. */
const LOADED = Symbol.for('almasar-dialer');

const host: typeof globalThis & { [LOADED]?: true } = globalThis;

let rest: Promise<unknown> | undefined;

function load(): Promise<unknown> {
  rest ??= import('./index.ts')
    .then(() => {})
    .catch((error: unknown) => {
      rest = undefined;
      throw error;
    });
  return rest;
}

function loadOnIdle(): void {
  load().catch(() => {});
}

if (!host[LOADED]) {
  host[LOADED] = true;
  callTelLinks(load);
  if ('requestIdleCallback' in host) requestIdleCallback(loadOnIdle, { timeout: 2000 });
  else setTimeout(loadOnIdle, 200);
}
