import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';

const pages = new Map<string, string>();
const servers: Server[] = [];

/** An origin that serves the widget as built, and the pages that the test writes. */
async function origin(): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = `http://${request.headers.host}${request.url}`;
    const page = pages.get(url);
    if (page !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end(`<!doctype html><title>x</title>${page}`);
    }
    if (!/^\/(almasar-[a-z]+|chunks\/[\w.-]+)\.js$/.test(request.url!)) return response.writeHead(404).end();
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('access-control-allow-origin', '*');
    return response.end(readFileSync(`dist${request.url}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let crm: string;
let framed: string;
let other: string;
let browser: AgentBrowser;
let tab: Page;

before(async () => {
  crm = await origin();
  framed = await origin();
  other = await origin();
  browser = await openAgentBrowser();
  // Links that the browser would follow are told of, instead of going to a telephone that is not there.
  await browser.context.addInitScript(() => {
    window.open = (url) => {
      document.title = `followed ${String(url)}`;
      return null;
    };
    addEventListener('click', (event) => {
      if (!event.defaultPrevented) document.title = 'the browser’s';
      event.preventDefault();
    });
  });
});

after(async () => {
  await browser.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

beforeEach(() => pages.clear());

const bridge = (attributes = '') => `<script src="${other}/almasar-bridge.js" ${attributes}></script>`;

/** A page with the dialer, which says in `window.dialed` what it was asked to call, and calls nobody. */
function page(content: string, attributes: string): string {
  return `<script>
      dialed = [];
      addEventListener('almasar-dial', (event) => {
        dialed.push({ ...event.detail });
        event.preventDefault();
      });
    </script>
    <script type="module" src="${other}/almasar-dialer.js"></script>
    <almasar-dialer service="${other}" auth-endpoint="/token" ${attributes}></almasar-dialer>${content}`;
}

async function open(frame: string, attributes: string, path = '/frame'): Promise<void> {
  pages.set(`${crm}/`, page(`<iframe src="${framed}${path}"></iframe>`, attributes));
  pages.set(`${framed}/frame`, frame);
  tab = await browser.context.newPage();
  await tab.goto(`${crm}/`);
  await tab.evaluate(() => customElements.whenDefined('almasar-dialer').then(() => null));
}

function dialed(): Promise<unknown> {
  return tab.evaluate(() => (window as unknown as { dialed: unknown }).dialed);
}

function frameOf(path = '/frame') {
  return tab.frames().find((frame) => frame.url() === `${framed}${path}`)!;
}

async function settledTitle(title: string): Promise<void> {
  await frameOf().waitForFunction((title) => document.title === title, title, { timeout: 5000 });
}

const LINK = '<a href="tel:+201001234501;ext=5" data-almasar-name="منى"><b>call</b></a>';
const TO = '+201001234501;ext=5';

describe('the bridge in a frame of another origin', () => {
  test('asks the page, which calls: the attribute says whom to ask', async () => {
    await open(LINK + bridge(`data-dialer-origin="${crm}"`), `frame-origins="https://a.example ${framed}"`);
    await frameOf().locator('b').click();
    await tab.waitForFunction(() => (window as unknown as { dialed: unknown[] }).dialed.length > 0);
    assert.deepEqual(await dialed(), [{ to: TO, name: 'منى', record: true, callerId: undefined }]);
    // Longer than the bridge waits for its answer.
    await tab.waitForTimeout(1000);
    assert.equal(await frameOf().title(), 'x');
  });

  test('without the attribute asks the page around it, also through a frame between, by keyboard', async () => {
    pages.set(`${other}/deep`, LINK + bridge());
    await open(`<iframe src="${other}/deep"></iframe>`, `frame-origins="${other}"`);
    const deep = tab.frameLocator('iframe').frameLocator('iframe');
    await deep.locator('a').press('Enter');
    await tab.waitForFunction(() => (window as unknown as { dialed: unknown[] }).dialed.length > 0);
    assert.deepEqual(await dialed(), [{ to: TO, name: 'منى', record: true, callerId: undefined }]);
  });

  test('follows the link when the page does not list its origin', async () => {
    await open(LINK + bridge(), `frame-origins="${other}"`);
    await frameOf().locator('b').click();
    await settledTitle(`followed tel:${TO}`);
    assert.deepEqual(await dialed(), []);
  });

  test('follows the link when the outermost page is not the one it was made for', async () => {
    await open(LINK + bridge(`data-dialer-origin="${other}"`), `frame-origins="${framed}"`);
    await frameOf().locator('b').click();
    await settledTitle(`followed tel:${TO}`);
    assert.deepEqual(await dialed(), []);
  });

  test('leaves the link to the browser when its attribute is no origin, or the click means something else', async () => {
    await open(LINK + bridge('data-dialer-origin="*"'), `frame-origins="${framed}"`);
    await frameOf().locator('b').click();
    await settledTitle('the browser’s');
    await open(LINK + bridge(), `frame-origins="${framed}"`);
    await frameOf()
      .locator('b')
      .click({ modifiers: ['Shift'] });
    await settledTitle('the browser’s');
    assert.deepEqual(await dialed(), []);
  });

  test('asks once for a double click', async () => {
    await open(LINK + bridge(), `frame-origins="${framed}"`);
    await frameOf().locator('b').dblclick();
    await tab.waitForTimeout(1000);
    assert.deepEqual(await dialed(), [{ to: TO, name: 'منى', record: true, callerId: undefined }]);
    assert.equal(await frameOf().title(), 'x');
  });

  test('leaves nothing in the global scope', async () => {
    await open(LINK, `frame-origins="${framed}"`);
    const names = await frameOf().evaluate(async (src) => {
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const script = Object.assign(document.createElement('script'), { src });
      document.head.append(script);
      await new Promise((resolve) => script.addEventListener('load', resolve));
      return Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    }, `${other}/almasar-bridge.js`);
    assert.deepEqual(names, []);
  });
});

describe('the page', () => {
  test('takes no message that is not from a frame of its own, whatever the origin', async () => {
    await open('', `frame-origins="${framed} ${crm}"`);
    pages.set(`${framed}/opener`, '');
    const [popup] = await Promise.all([
      tab.waitForEvent('popup'),
      tab.evaluate((url) => {
        // The init script's stand-in for `open` is for tel: links.
        const link = Object.assign(document.createElement('a'), { href: url, target: '_blank', rel: 'opener' });
        link.addEventListener('click', (event) => event.stopPropagation());
        document.body.append(link);
        link.click();
      }, `${framed}/opener`),
    ]);
    await popup.waitForLoadState();
    await popup.evaluate((crm) => {
      (window.opener as Window).postMessage({ type: 'almasar-dial', to: '1' }, crm);
    }, crm);
    await tab.bringToFront();
    // The frame's message comes after the other one, and is taken.
    await frameOf().evaluate((crm) => window.top!.postMessage({ type: 'almasar-dial', to: '2' }, crm), crm);
    await tab.waitForFunction(() => (window as unknown as { dialed: unknown[] }).dialed.length > 0);
    assert.deepEqual(await dialed(), [{ to: '2', name: null, record: true, callerId: undefined }]);
    await popup.close();
  });

  test('lives through messages of every kind', async () => {
    await open('', `frame-origins="${framed}"`);
    await frameOf().evaluate((crm) => {
      const strange: unknown[] = [
        null,
        1,
        'almasar-dial',
        [],
        {},
        { type: 'almasar-dialer' },
        { type: ['almasar-dial'] },
        { type: 'almasar-dial', to: 1 },
      ];
      for (const data of strange) window.top!.postMessage(data, crm);
      window.top!.postMessage({ type: 'almasar-dial', to: '2' }, crm);
    }, crm);
    await tab.waitForFunction(() => (window as unknown as { dialed: unknown[] }).dialed.length > 0);
    assert.deepEqual(await dialed(), [{ to: '2', name: null, record: true, callerId: undefined }]);
    assert.deepEqual(browser.pageErrors, []);
  });

  test('calls what is clicked in a frame of its origin while that still loads, from when the pointer is over it', async () => {
    await open('', '');
    const never = createServer(() => {});
    await new Promise<void>((resolve) => never.listen(0, '127.0.0.1', resolve));
    try {
      const port = (never.address() as AddressInfo).port;
      pages.set(`${crm}/slow`, `${LINK}<img src="http://127.0.0.1:${port}/image.png" />`);
      await tab.evaluate(() => {
        const frame = document.createElement('iframe');
        frame.src = '/slow';
        document.body.prepend(frame);
      });
      await tab.frameLocator('iframe').first().locator('b').click();
      await tab.waitForFunction(() => (window as unknown as { dialed: unknown[] }).dialed.length > 0);
      assert.deepEqual(await dialed(), [{ to: TO, name: 'منى', record: true, callerId: undefined }]);
    } finally {
      never.closeAllConnections();
      never.close();
    }
  });
});
