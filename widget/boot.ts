/** What the script tag loads at once: calls `tel:` links from the first click on, and brings the rest when it is needed. */
import { ELEMENT_SCRIPT, FIRST_CALL_SCRIPTS } from './boot-scripts.ts';
import { callTelLinks } from './tel-links/call-tel-links.ts';

/** Loaded twice, also by two scripts of different versions, the widget is there once. */
const LOADED = Symbol.for('almasar-dialer');

const host: typeof globalThis & { [LOADED]?: true } = globalThis;

/** A browser fetches a module once, and anew after a failure. */
function load(): Promise<unknown> {
  return import(ELEMENT_SCRIPT);
}

function ignore(): void {}

/** A call is near. What it needs is asked for at once: else each script is found only in the one before it. */
function loadForCall(): Promise<unknown> {
  for (const script of FIRST_CALL_SCRIPTS) import(script).catch(ignore);
  return load();
}

function loadOnIdle(): void {
  load().catch(ignore);
}

if (!host[LOADED]) {
  host[LOADED] = true;
  callTelLinks(loadForCall);
  if ('requestIdleCallback' in host) requestIdleCallback(loadOnIdle, { timeout: 2000 });
  else setTimeout(loadOnIdle, 200);
}
