import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAgentBrowser, type BrowserOptions } from './browser.ts';
import { startCrm, type Crm } from './crm.ts';

async function withCrm(
  { body, attributes, ...options }: BrowserOptions & { body: string; attributes?: string },
  run: (tab: Page, crm: Crm) => Promise<void>,
): Promise<void> {
  const crm = await startCrm(body, attributes);
  const browser = await openAgentBrowser(options);
  try {
    const tab = await browser.context.newPage();
    await tab.goto(crm.url);
    await run(tab, crm);
    assert.deepEqual(browser.strayRequests, []);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
    await crm.close();
  }
}

async function callAndHangUp(tab: Page): Promise<void> {
  await tab.locator('a span').click();
  await tab.locator('almasar-dialer[phase="open"]').waitFor({ state: 'attached', timeout: 15_000 });
  // A person looks before hanging up; a click at once would count as the second one of a double click.
  await tab.waitForTimeout(700);
  await tab.locator('almasar-dialer').locator('[part~="hang-up-button"]').click();
  await tab.locator('almasar-dialer[phase="ended"]').waitFor({ state: 'attached' });
}

const LINK = '<p><a href="tel:0100 123 4500"><span>Ahmed</span></a></p>';

test('one script tag in a page of another origin makes its links call', () =>
  withCrm({ body: LINK }, (tab) => callAndHangUp(tab)));

test('a page with an old library, which changes what arrays do: all keys, a call, its row, and no way to other hosts', () =>
  withCrm(
    { body: `${LINK}<almasar-call-log></almasar-call-log>`, attributes: 'receive-calls', scripts: ['old-library.js'] },
    async (tab) => {
      await tab.locator('almasar-dialer [part~="key"]').nth(11).waitFor();
      assert.equal(await tab.locator('almasar-dialer [part~="key"]').count(), 12);
      await tab.evaluate(() => {
        for (const name of ['service', 'auth-endpoint']) {
          const value = document.querySelector('almasar-dialer')!.getAttribute(name)!;
          document.querySelector('almasar-call-log')!.setAttribute(name, value);
        }
      });
      await callAndHangUp(tab);
      await tab.locator('almasar-call-log .row').first().waitFor();
    },
  ));

test('the page is kept in the back/forward cache, and its phone goes on when the agent comes back', () =>
  withCrm({ body: LINK, attributes: 'receive-calls', backForwardCache: true }, async (tab, crm) => {
    const untilReady = () =>
      tab.waitForFunction(() => document.querySelector('almasar-dialer')?.state?.reach === 'ready', undefined, {
        timeout: 15_000,
      });
    await untilReady();
    await callAndHangUp(tab);
    await tab.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
    for (let times = 0; times < 2; times += 1) {
      // By the page's own means: what drives the browser waits for loading, and nothing is loaded on the way back.
      await tab.evaluate(() => void setTimeout(() => location.assign('/elsewhere')));
      await tab.waitForFunction(() => location.pathname === '/elsewhere' && document.readyState === 'complete');
      await tab.evaluate(() => void setTimeout(() => history.back()));
      await tab.waitForFunction(() => 'persisted' in window);
      assert.equal(await tab.evaluate('persisted'), true);
      await tab.evaluate('delete window.persisted');
      await untilReady();
    }
    await crm.callIn();
    await tab.locator('almasar-dialer[phase="incoming"]').waitFor({ state: 'attached', timeout: 15_000 });
  }));
