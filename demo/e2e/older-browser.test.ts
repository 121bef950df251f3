import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { MICROPHONE_HZ } from './microphone.ts';
import { startRunningDemo } from './running-demo.ts';

test('in the oldest browsers of the README: a call, its sound, a second number, its row; a customer calls; the audio panel', async () => {
  const demo = await startRunningDemo();
  const browser = await openAgentBrowser({ scripts: ['older-browser.js'] });
  try {
    const page = await CallCenterPage.open(browser, demo.url, '?lang=en');
    assert.deepEqual(await page.page.evaluate('takenAway'), [], 'all of it is gone');
    const agent = new AgentPage(page);
    await agent.untilReady();
    await page.call('01');
    await page.until('open');
    const echoed = await page.listen(MICROPHONE_HZ, 8000);
    assert.ok(echoed.share > 0.6, `the echo in the page: ${JSON.stringify(echoed)}`);
    const { call } = await page.state();
    // What is said aside comes last of all, and fails in silence.
    await page.call('00');
    await agent.part('notice').waitFor({ timeout: 10_000 });
    await page.hangUp();
    const row = page.row(call!.callId);
    await row.locator('[part~="quick-play-button"]').click();
    await row.locator('[part~="seek"]').waitFor();
    await page.part('close-button').first().click();
    await page.until('idle');

    demo.callIn('+201001234501');
    await agent.untilPhase('incoming');
    await agent.ask('decline');
    await agent.untilPhase('idle');
    await agent.openMenu(2);
    await page.dialer.locator('.pane select').first().waitFor();
    assert.equal(await page.dialer.locator('.pane select').count(), 1, 'a microphone is chosen, a speaker cannot be');
  } finally {
    await browser.close();
    await demo.close();
  }
  assert.deepEqual(browser.strayRequests, []);
  assert.deepEqual(browser.pageErrors, []);
});
