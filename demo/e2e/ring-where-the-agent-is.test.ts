/** Browsers let no page sound that nobody has touched: the tab with the phone may be one, with the agent in another. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const CUSTOMER = '+201001234501';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

/** Asks a page without leave to sound: what Playwright runs in a page counts as a gesture. */
async function asker(page: Page) {
  const session = await page.context().newCDPSession(page);
  const ask = async (expression: string) =>
    (await session.send('Runtime.evaluate', { expression, returnByValue: true })).result.value as unknown;
  const until = (condition: string) => eventually(async () => (await ask(condition)) === true, condition);
  const is = (name: string, value: string) =>
    until(`document.querySelector('almasar-dialer').state?.${name} === '${value}'`);
  return { ask, until, is };
}

type Asker = Awaited<ReturnType<typeof asker>>;

/** The phone is in a tab that nobody has touched; the agent works in another. */
async function withBoth(run: (there: Asker, here: Asker, worked: Page) => Promise<void>): Promise<void> {
  const browser = await openAgentBrowser({ soundsAfterGesture: true });
  try {
    const there = await asker((await CallCenterPage.open(browser, demo.url)).page);
    await there.is('reach', 'ready');
    const { page: worked } = await CallCenterPage.open(browser, demo.url);
    const here = await asker(worked);
    await here.is('place', 'other-tab');
    await here.is('reach', 'ready');
    await run(there, here, worked);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
}

test('it rings in the tab that the agent works in, once, and until it is silenced', () =>
  withBoth(async (there, here, worked) => {
    await worked.mouse.click(5, 5);
    const callSid = demo.callIn(CUSTOMER);
    await there.is('ring', 'blocked');
    await here.is('ring', 'on');
    await here.until('soundingRingtones() === 1');
    assert.equal(await there.ask('soundingRingtones()'), 0);
    await here.until(`document.querySelector('almasar-dialer').shadowRoot.querySelector('[part~="banner"]') === null`);
    await here.ask(`document.querySelector('almasar-dialer').silence()`);
    await here.is('ring', 'silenced');
    await here.until('soundingRingtones() === 0');
    await demo.hangUpCustomer(callSid);
    await here.is('phase', 'ended');
  }));

test('a tab clicked while it rings unheard lets it be heard, there and then', () =>
  withBoth(async (there, here, worked) => {
    const callSid = demo.callIn(CUSTOMER);
    await here.is('ring', 'blocked');
    await worked.mouse.click(5, 5);
    await here.is('ring', 'on');
    await here.until('soundingRingtones() === 1');
    assert.equal(await there.ask('soundingRingtones()'), 0);
    await demo.hangUpCustomer(callSid);
    await here.until('soundingRingtones() === 0');
  }));
