/**
 * The one script that a page loads before the widget to call over the sandbox: it sends the Voice SDK's
 * `wss://*.twilio.com/signal` to the sandbox and answers its Insights posts on the spot. Everything else of the page
 * stays as it was.
 */
export function pageScript(signalUrl: string): string {
  return `(() => {
  if (window.__almasarSandbox) return;
  window.__almasarSandbox = true;
  const SIGNAL = /^wss:\\/\\/[a-z0-9.-]+\\.twilio\\.com\\/signal$/;
  const INSIGHTS = /^https:\\/\\/eventgw(\\.[a-z0-9-]+)?\\.twilio\\.com\\//;
  const NativeWebSocket = window.WebSocket;
  window.WebSocket = class WebSocket extends NativeWebSocket {
    constructor(url, ...protocols) {
      super(SIGNAL.test(String(url)) ? ${JSON.stringify(signalUrl)} : url, ...protocols);
    }
  };
  const nativeFetch = window.fetch;
  window.fetch = function fetch(input, init) {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    return INSIGHTS.test(url) ? Promise.resolve(new Response('{}', { status: 200 })) : nativeFetch.call(this, input, init);
  };
})();
`;
}
