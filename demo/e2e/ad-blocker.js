/** Put into a page before its scripts: an extension that lets nothing through to the carrier's telemetry; `blocked` counts. */
(() => {
  let current = window.fetch;
  window.blocked = 0;
  Object.defineProperty(window, 'fetch', {
    configurable: true,
    get: () => current,
    set(given) {
      current = (input, ...more) => {
        if (!String(input?.url ?? input).startsWith('https://eventgw.')) return given(input, ...more);
        window.blocked += 1;
        return Promise.reject(new TypeError('Failed to fetch'));
      };
    },
  });
})();
