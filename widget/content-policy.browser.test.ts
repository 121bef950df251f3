import { expect } from '@open-wc/testing';
import { watchContentPolicy, type ContentPolicy } from './content-policy.ts';
import { refuseByPolicy } from './element/testing/dialer-fixture.ts';
import { browserSurroundings } from './phone/line-check/surroundings.ts';

const { page, tryWebSocket, trySound } = browserSurroundings();
const BASE = new URL('https://dialer.example/');

/** A real policy of the page: it cannot be taken back, and lets the test runner go on. */
function impose(policy: string): void {
  const meta = document.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy;
  document.head.append(meta);
}

describe("the browser's own refusals", () => {
  let policy: ContentPolicy;

  // As in Safari 17.
  const parse = Object.getOwnPropertyDescriptor(URL, 'parse')!;
  before(() => Reflect.deleteProperty(URL, 'parse'));
  after(() => Object.defineProperty(URL, 'parse', parse));
  beforeEach(() => (policy = watchContentPolicy(page, [BASE])));
  afterEach(() => policy.close());

  it('a page without a policy refuses nothing', async () => {
    await tryWebSocket('wss://voice-js.roaming.twilio.com/signal');
    await trySound(new URL('sounds/ringtone.wav', BASE).href);
    expect(policy.violation()).to.equal(undefined);
  });

  it('sounds, by directive and host', async () => {
    impose("media-src 'self'");
    await trySound(new URL('sounds/ringtone.wav', BASE).href);
    expect(policy.violation()?.detail).to.equal('media-src https://dialer.example');
  });

  it("the carrier's signalling, by directive and host", async () => {
    impose("connect-src 'self' ws://localhost:* http://localhost:*");
    await tryWebSocket('wss://voice-js.roaming.twilio.com/signal');
    expect(policy.violation()?.detail).to.equal('connect-src wss://voice-js.roaming.twilio.com');
  });

  it('a socket that the browser does not even make, as Firefox does', async () => {
    const { WebSocket } = window;
    const makesNone = (url: string) => {
      // Told of only when it is refused already.
      setTimeout(() => refuseByPolicy(url));
      throw new DOMException('The load for this content was blocked.');
    };
    window.WebSocket = new Proxy(WebSocket, { construct: (_, [url]) => makesNone(String(url)) });
    try {
      await tryWebSocket('wss://voice-js.roaming.twilio.com/signal');
    } finally {
      window.WebSocket = WebSocket;
    }
    expect(policy.violation()?.detail).to.equal('connect-src wss://voice-js.roaming.twilio.com');
  });

  it('a script, by directive and host', async () => {
    impose("script-src 'self' 'unsafe-inline' http://localhost:*");
    const url = new URL('chunks/sdk.js', BASE).href;
    await import(url).catch(() => {});
    expect(policy.violation()?.detail).to.equal('script-src https://dialer.example');
  });
});
