import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startDemoProcess, type DemoProcess } from './demo-process.ts';

let demo: DemoProcess;
before(async () => (demo = await startDemoProcess()));
after(() => demo.stop());

async function withBrowser(
  options: Parameters<typeof openAgentBrowser>[0],
  run: (browser: AgentBrowser) => Promise<void>,
): Promise<void> {
  const browser = await openAgentBrowser(options);
  try {
    await run(browser);
    assert.deepEqual(browser.strayRequests, []);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
}

test('a refused microphone is said in words, and nobody is called', () =>
  withBrowser({ microphone: 'refused' }, async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    await page.call('00');
    await page.until('ended');
    assert.equal((await page.state()).problem?.code, 'microphone-denied');
    assert.ok((await page.part('outcome').innerText()).length > 5);
    assert.equal((await page.log()).length, 0);
  }));

const UNFIT = [
  { to: '122', code: 'number-emergency', said: 'الطوارئ' },
  { to: '19777', code: 'number-short', said: 'المختصرة' },
];
for (const { to, code, said } of UNFIT) {
  test(`${to} is refused in words (${code}), and nobody is called`, () =>
    withBrowser({}, async (browser) => {
      const page = await CallCenterPage.open(browser, demo.url);
      await page.clickLink(`tel:${to}`);
      await page.until('ended');
      assert.equal((await page.state()).problem?.code, code);
      const words = await page.part('outcome').innerText();
      assert.ok(words.length > 5 && words.includes(said), words);
      assert.equal((await page.log()).length, 0);
    }));
}

test('a service that is not there is said in words', () =>
  withBrowser({}, async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    // The script is there before the service goes: loading is not what is tried here.
    await page.dialer.evaluate(
      (element) => (element as unknown as { updateComplete: Promise<unknown> }).updateComplete,
    );
    await page.page.route(/\/api\/calls/, (route) => route.abort());
    await page.call('00');
    await page.until('ended');
    assert.equal((await page.state()).problem?.code, 'service-unreachable');
    assert.equal(await page.part('outcome').innerText(), 'مش عارفين نوصل للخدمة');
  }));

test('a page that says no to `almasar-dial` is obeyed; one that listens hears plain data', () =>
  withBrowser({}, async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    await page.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      document.addEventListener('almasar-dial', (event) => {
        heard.push(JSON.stringify((event as CustomEvent).detail));
        event.preventDefault();
      });
    });
    await page.call('00');
    await page.page.waitForFunction(() => (window as unknown as { heard: string[] }).heard.length === 1);
    assert.equal((await page.state()).phase, 'idle');
    const [heard] = await page.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    assert.match(heard!, /"to":/);
  }));

test('links that want to be left alone are, and links added later are not', () =>
  withBrowser({}, async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    const calls = await page.page.evaluate(async () => {
      const dialed: string[] = [];
      document.addEventListener('almasar-dial', (event) => {
        dialed.push((event as CustomEvent<{ to: string }>).detail.to);
        event.preventDefault();
      });
      // What the dialer leaves alone would open the telephone of the system; not here.
      document.addEventListener('click', (event) => event.preventDefault());
      // By the DOM's own methods: the page's policy lets nobody write HTML as text.
      const add = (href: string, parent: Node = document.body) => {
        const link = document.createElement('a');
        link.href = href;
        link.append(Object.assign(document.createElement('b'), { textContent: 'call' }));
        parent.appendChild(link);
        return link;
      };
      const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      const ignored = add('tel:+201001234513');
      ignored.dataset['almasarIgnore'] = '';
      const links = [
        add('tel:+201001234511', shadow).querySelector('b')!,
        add('tel:+201001234512'),
        ignored,
        add('https://example.com/'),
      ];
      const prevented = add('tel:+201001234514');
      prevented.addEventListener('click', (event) => event.preventDefault());
      for (const link of [...links, prevented]) link.click();
      links[1]!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
      await new Promise((resolve) => setTimeout(resolve, 500));
      return dialed;
    });
    assert.deepEqual(
      calls.map((to) => to.slice(-2)),
      ['11', '12'],
    );
  }));

test('the page works under its Content-Security-Policy, in English and at 320 px too', () =>
  withBrowser({}, async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url, '?lang=en');
    await page.page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await page.page.locator('html').getAttribute('dir'), 'ltr');
    const overflow = await page.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px wider than the screen`);
  }));

test('the terminal says what runs and how to use a real account, and no secret', () => {
  const text = demo.terminal();
  assert.match(text, /sandbox/i);
  assert.match(text, /\/call-center/);
  assert.match(text, /\.env/);
  assert.doesNotMatch(text, /\b[0-9a-f]{32}\b/);
});
