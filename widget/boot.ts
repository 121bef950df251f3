/** What the script tag loads at once: calls `tel:` links from the first click on, and brings the rest when it is needed. */
import { importElement, importFirstCall } from './boot-scripts.ts';
import { callTelLinks } from './tel-links/call-tel-links.ts';

/** Loaded twice, also by two scripts of different versions, the widget is there once. */
const LOADED = Symbol.for('almasar-dialer');

const host: { [LOADED]?: true; requestIdleCallback?: typeof requestIdleCallback } = globalThis;

function ignore(): void {}

/** A call is near. What it needs is asked for at once: else each script is found only in the one before it. */
function loadForCall(): Promise<unknown> {
  for (const script of importFirstCall()) script.catch(ignore);
  return importElement();
}

function loadOnIdle(): void {
  importElement().catch(ignore);
}

if (!host[LOADED]) {
  host[LOADED] = true;
  callTelLinks(loadForCall);
  if (host.requestIdleCallback) requestIdleCallback(loadOnIdle, { timeout: 2000 });
  else setTimeout(loadOnIdle, 200);
}
