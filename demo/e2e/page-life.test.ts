import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { packageVersion } from '../../scripts/build/package-version.ts';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

async function withPage(
  run: (page: CallCenterPage, agent: AgentPage, browser: AgentBrowser) => Promise<void>,
): Promise<void> {
  const browser = await openAgentBrowser();
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await run(page, agent, browser);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 40_000);
}

test('moved a hundred times during a call, and taken out for a moment: the call does not notice', () =>
  withPage(async (page, agent) => {
    await page.call('01');
    const { call } = await agent.untilPhase('open');
    // Each phone has one socket to the carrier.
    const sockets: string[] = [];
    page.page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.page.evaluate(async () => {
      const element = document.querySelector('almasar-dialer')!;
      const places = [document.body, document.querySelector('main')!];
      for (let move = 0; move < 100; move += 1) {
        if (move % 10 === 0) element.remove();
        const place = places[move % 2]!;
        if (move % 3 === 0 && element.isConnected && 'moveBefore' in place) {
          (place as unknown as { moveBefore(node: Node, before: null): void }).moveBefore(element, null);
        } else place.append(element);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const after = await agent.state();
    assert.deepEqual([after.phase, after.call?.callId, after.place], ['open', call?.callId, 'here']);
    assert.deepEqual(sockets, [], 'one phone was there all the time');
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));

test('an SPA that draws its page anew during a call finds the call in its new element', () =>
  withPage(async (page, agent) => {
    await page.call('01');
    const { call } = await agent.untilPhase('open');
    await page.page.evaluate(() => {
      const old = document.querySelector('almasar-dialer')!;
      history.pushState({}, '', '?lang=ar&view=customer');
      const fresh = document.createElement('almasar-dialer');
      for (const { name, value } of old.attributes) if (name !== 'phase') fresh.setAttribute(name, value);
      old.remove();
      document.body.append(fresh);
    });
    const after = await agent.until((state) => state.phase === 'open', 'the call in the new element');
    assert.equal(after.call?.callId, call?.callId);
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));

test('two elements in a page show one phone', () =>
  withPage(async (page, agent) => {
    await page.page.evaluate(() => {
      const one = document.querySelector('almasar-dialer')!;
      const two = document.createElement('almasar-dialer');
      for (const { name, value } of one.attributes) if (name !== 'phase') two.setAttribute(name, value);
      two.setAttribute('inline', '');
      document.querySelector('main')!.prepend(two);
    });
    demo.callIn('+201001234501');
    await agent.untilPhase('incoming');
    const second = page.page.locator('almasar-dialer').nth(1);
    await page.page.waitForFunction(() =>
      [...document.querySelectorAll('almasar-dialer')].every((each) => each.getAttribute('phase') === 'incoming'),
    );
    await second.locator('[part~="answer-button"]').first().click();
    await page.page.waitForFunction(() =>
      [...document.querySelectorAll('almasar-dialer')].every((each) => each.getAttribute('phase') === 'open'),
    );
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));

test('loaded again, as another version and as a module, it is there once, the first, without a word in the console', () =>
  withPage(async (page, agent) => {
    const errors: string[] = [];
    page.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    // Another build: the same files at another address, with another version in them.
    const version = packageVersion();
    let renamed = 0;
    await page.page.route(/\/other-build\//, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace('other-build/', '') });
      const body = (await response.text()).replaceAll(`"${version}"`, () => `"${version}-other${(renamed += 1)}"`);
      await route.fulfill({ response, body });
    });
    await page.page.evaluate(async () => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
      const element = loaded.find((path) => path.includes('/chunks/index-'))!;
      for (const script of ['/almasar-dialer.js?again', '/other-build/almasar-dialer.js']) await import(script);
      // As a page that bundles it does.
      await import(`/other-build${element}`);
    });
    assert.equal(renamed, 1, 'the other build has run');
    const used = () => (customElements.get('almasar-dialer') as unknown as { version: string }).version;
    assert.equal(await page.page.evaluate(used), version);
    let dials = 0;
    await page.page.exposeFunction('dialed', () => (dials += 1));
    await page.page.evaluate(() =>
      document.addEventListener('almasar-dial', () => (window as unknown as { dialed(): void }).dialed()),
    );
    await page.call('01');
    await agent.untilPhase('open');
    assert.equal(dials, 1);
    assert.equal(await demo.liveLegs(), 2, 'one call: agent and customer');
    assert.deepEqual(errors, []);
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));

test('with detect-numbers, a number in plain text calls; without it, it is text', () =>
  withPage(async (page, agent) => {
    await page.page.evaluate(() => {
      const text = document.createElement('p');
      text.id = 'plain';
      text.textContent = '01001234501';
      text.style.width = 'fit-content';
      document.querySelector('main')!.prepend(text);
    });
    await page.page.locator('#plain').click();
    await page.page.waitForTimeout(300);
    assert.equal((await agent.state()).phase, 'idle');
    await page.page.evaluate(() => document.querySelector('almasar-dialer')!.setAttribute('detect-numbers', ''));
    await page.page.waitForFunction(() => [...CSS.highlights.values()].some((each) => each.size > 0));
    await page.page.locator('#plain').click();
    assert.equal((await agent.untilPhase('open')).call?.number, '+201001234501');
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));
