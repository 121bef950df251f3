/** Brings the call log once the page has one: most pages with a dialer have none. Looks again when the page changes, at leisure. */
export function loadWhenUsed(load: () => Promise<unknown>): void {
  const elements = document.getElementsByTagName('almasar-call-log');
  const whenIdle: (look: () => void) => unknown =
    'requestIdleCallback' in globalThis ? requestIdleCallback : setTimeout;
  let waiting = false;

  function look(): void {
    waiting = false;
    if (elements.length === 0) return;
    observer.disconnect();
    // Offline at that moment: the next change of the page tries again.
    load().catch(watch);
  }

  function watch(): void {
    observer.observe(document, { childList: true, subtree: true });
  }

  const observer = new MutationObserver(() => {
    if (!waiting) whenIdle(look);
    waiting = true;
  });
  watch();
  look();
}
