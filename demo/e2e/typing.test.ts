/** A number that is typed, and the page's own keys, on the widget as it is built. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo } from './running-demo.ts';

test('the page’s keys lead to the field, where a national number is shown as it will be called', async () => {
  const demo = await startRunningDemo();
  const browser = await openAgentBrowser();
  try {
    const { page, dialer } = await CallCenterPage.open(browser, demo.url, '?lang=en');
    const agent = new AgentPage(page);
    await agent.untilReady();
    await dialer.evaluate((element) => element.setAttribute('shortcut', 'Alt+Shift+P'));
    await agent.part('menu-button').click();
    await dialer.getByText('To the phone, from anywhere').waitFor({ state: 'attached' });
    await agent.part('back-button').click();
    await page.locator('h1').click();
    await page.keyboard.press('Alt+Shift+KeyP');
    await page.keyboard.type('01001234501');
    const preview = dialer.locator('#as-called');
    await preview.waitFor({ state: 'attached' });
    assert.equal(await preview.locator('bdi').innerText(), '+20 100 123 4501');
    // Too short to be a number of the country.
    for (let digit = 0; digit < 7; digit += 1) await page.keyboard.press('Backspace');
    await preview.waitFor({ state: 'detached' });
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
    await demo.close();
  }
});
