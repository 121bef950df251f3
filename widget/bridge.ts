/**
 * `almasar-bridge.js`: for a document that a page with an `<almasar-dialer>` shows in a frame, but that is of another
 * origin. Its owner puts it in; the page names the document's origin in `frame-origins`.
 *
 * @example
 * <script src="https://dialer.example.com/almasar-bridge.js" data-dialer-origin="https://crm.example.com" async></script>
 */
import { TAKEN, type FramedDial } from './tel-links/framed-dial.ts';
import type { TelLink } from './tel-links/tel-link.ts';
import { watchLinks } from './tel-links/watch-links.ts';

/** Without an answer after this, there is no dialer that would take the call: the browser follows the link. */
const ANSWER_MS = 800;

/** A module has no `currentScript`. */
const script = document.currentScript ?? document.querySelector('script[data-dialer-origin]');

/**
 * Whom to ask. Numbers are told to no one else: without the attribute, that is the outermost page as the browser names
 * it, or where this document came from (Firefox names no ancestors).
 */
const origin =
  script?.getAttribute('data-dialer-origin') ?? [...(location.ancestorOrigins ?? [])].at(-1) ?? document.referrer;

function isAnswer({ data, source }: MessageEvent<unknown>): boolean {
  return source === top && (data as Partial<Record<string, unknown>> | null)?.['type'] === TAKEN;
}

/** Asks the outermost page to call; what it does not take on itself within a moment, the browser gets. */
function ask({ to, name, href }: TelLink, again: boolean): boolean {
  if (again) return true;
  try {
    // Also a whole address becomes an origin; no address is none, and refused.
    const target = new URL(origin).origin;
    top!.postMessage({ type: 'almasar-dial', to, name } satisfies FramedDial, target);
    const follow = setTimeout(() => {
      removeEventListener('message', hear);
      open(href, '_self');
    }, ANSWER_MS);
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== target || !isAnswer(event)) return;
      removeEventListener('message', hear);
      clearTimeout(follow);
    };
    addEventListener('message', hear);
    return true;
  } catch {
    return false;
  }
}

if (top !== window) watchLinks(document, ask);
