import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startDemoProcess, type DemoProcess } from './demo-process.ts';

let demo: DemoProcess;
let browser: AgentBrowser;
before(async () => {
  demo = await startDemoProcess({ CALLS_PER_HOUR_NUMBER: '1' });
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.stop();
  assert.deepEqual(browser.strayRequests, []);
  assert.deepEqual(browser.pageErrors, []);
});

test('an agent at a limit reads why, in Arabic; nobody rings, and another customer can be called at once', async () => {
  const page = await CallCenterPage.open(browser, demo.url);
  await page.call('00');
  await page.until('open');
  await page.hangUp();

  await page.call('00');
  await page.page.locator('almasar-dialer [part~="outcome"]', { hasText: 'اتصلنا بالرقم ده كتير' }).waitFor();
  await page.until('ended');
  const { problem, call } = await page.state();
  assert.equal(problem?.code, 'number-called-too-often');
  assert.deepEqual([call?.ringingAt, call?.openedAt], [null, null]);
  assert.equal((await page.log()).length, 1, 'what was refused is no call');

  // With one call at a time: the end of the first, and what was refused, hold nothing up.
  await page.call('08');
  await page.until('open');
  await page.hangUp();
  assert.equal((await page.log()).length, 2);
  const [, sandbox] = /<script src="(http:\/\/[^"]+)\/almasar-sandbox\.js"/.exec(await page.page.content())!;
  const { calls } = (await (await fetch(`${sandbox}/sandbox/calls`)).json()) as { calls: { direction: string }[] };
  assert.equal(calls.filter(({ direction }) => direction !== 'inbound').length, 2, 'customers that the carrier rang');
  await page.page.close();
});
