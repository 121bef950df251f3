import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo, type RunningDemo } from './running-demo.ts';

let demo: RunningDemo;
let browser: AgentBrowser;
before(async () => {
  demo = await startRunningDemo({ TWILIO_EDGE: 'dead,frankfurt' });
  browser = await openAgentBrowser({ scripts: ['dead-edge.js'] });
});
after(async () => {
  await browser.close();
  await demo.close();
});

test('when the nearest edge of the carrier cannot be reached, the phone calls through the next', async () => {
  const page = await CallCenterPage.open(browser, demo.url);
  await new AgentPage(page).untilReady();
  const tried = await page.page.evaluate<string[]>('triedEdges');
  assert.equal(tried[0], 'dead');
  assert.equal(tried.at(-1), 'frankfurt');
  await page.call('00');
  await page.until('open');
  await page.hangUp();
});
