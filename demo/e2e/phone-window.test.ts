/** What an agent asks of the phone window from a page, when it does not arrive at first or at all; and its way to the front. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const COMMANDS = '**/api/calls/phone/commands';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

interface Windows {
  page: CallCenterPage;
  /** The page that the window was opened from. */
  remote: AgentPage;
  /** The window. */
  phone: AgentPage;
  browser: AgentBrowser;
}

async function withWindow(query: string, run: (windows: Windows) => Promise<void>): Promise<void> {
  const browser = await openAgentBrowser();
  try {
    const page = await CallCenterPage.open(browser, demo.url, query);
    const remote = new AgentPage(page);
    await remote.untilReady();
    const opening = browser.context.waitForEvent('page');
    await remote.openMenu(4);
    const opened = await opening;
    await opened.locator('almasar-dialer').waitFor({ state: 'attached' });
    const phone = new AgentPage(opened);
    await phone.untilReady();
    await remote.until((state) => state.place === 'phone-window', 'the page is a remote');
    await run({ page, remote, phone, browser });
    // Else the service waits for it, and so does the next test's page.
    await opened.close();
    await remote.until((state) => state.place !== 'phone-window', 'the window is gone');
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 40_000);
}

/** The service as it is while it starts anew, in answer to these commands; afterwards as it is. */
async function busyFor(page: Page, times: number): Promise<{ ids: string[] }> {
  const ids: string[] = [];
  await page.route(COMMANDS, async (route: Route) => {
    const { id, method } = route.request().postDataJSON() as { id: string; method: string };
    if (method !== 'hangUp') return route.continue();
    ids.push(id);
    if (ids.length > times) return route.continue();
    return route.fulfill({ status: 503, json: { code: 'service-busy', message: 'Starting.' } });
  });
  return { ids };
}

async function talking({ page, remote, phone }: Windows): Promise<void> {
  await page.call('01');
  await Promise.all([phone, remote].map((each) => each.untilPhase('open')));
}

test('a hang-up that the service does not take at first is asked again, and nothing is said', () =>
  withWindow('', async (windows) => {
    const { remote, phone } = windows;
    await talking(windows);
    const { ids } = await busyFor(remote.page, 1);
    await remote.part('hang-up-button').click();
    await Promise.all([phone, remote].map((each) => each.untilPhase('ended')));
    assert.deepEqual([ids.length, new Set(ids).size], [2, 1], 'twice, as one');
    assert.equal((await remote.state()).problem, null);
    assert.equal(await remote.part('banner').count(), 0);
  }));

for (const [lang, words] of [
  ['ar', /طلبك ماوصلش للتليفون/],
  ['en', /did not reach the phone/],
] as const) {
  test(`a hang-up that never arrives is said in words (${lang}), and the call goes on until one does`, () =>
    withWindow(`?lang=${lang}`, async (windows) => {
      const { remote, phone } = windows;
      await talking(windows);
      await busyFor(remote.page, Infinity);
      await remote.part('hang-up-button').click();
      await remote.until(({ problem }) => problem?.code === 'not-delivered', 'said');
      await remote.part('banner').getByText(words).waitFor();
      assert.deepEqual([(await remote.state()).phase, (await phone.state()).phase], ['open', 'open']);
      await remote.page.unroute(COMMANDS);
      // A second click at once would be a double click.
      await remote.page.waitForTimeout(700);
      await remote.part('hang-up-button').click();
      await Promise.all([phone, remote].map((each) => each.untilPhase('ended')));
      assert.equal((await remote.state()).problem, null);
    }));
}

test('a recording is paused from the page beside the window and resumed in the window; a service that is away is said', () =>
  withWindow('?lang=en', async (windows) => {
    const { remote, phone } = windows;
    await talking(windows);
    const both = (paused: boolean) =>
      Promise.all(
        [phone, remote].map((each) =>
          each.until(({ call }) => call?.recordingPaused === paused && call.recording === !paused, `paused: ${paused}`),
        ),
      );
    await both(false);
    const route = '**/api/calls/*/recording';
    await remote.page.route(route, (request) => request.abort());
    await remote.part('pause-recording-button').click();
    await remote.part('banner').getByText('The service could not be reached').waitFor();
    await both(false);
    await remote.page.unroute(route);
    await remote.part('pause-recording-button').click();
    await both(true);
    assert.equal(await remote.part('banner').count(), 0);
    await phone.part('pause-recording-button').click();
    await both(false);
    await remote.part('hang-up-button').click();
    await Promise.all([phone, remote].map((each) => each.untilPhase('ended')));
  }));

test('“bring it up” brings the window to the front with its call; a page that did not open it says where to look', () =>
  withWindow('?lang=en', async (windows) => {
    const { remote, phone, browser } = windows;
    await talking(windows);
    await phone.page.evaluate(`broughtUp = 0; window.focus = () => void (broughtUp += 1);`);
    const before = browser.context.pages().length;
    await remote.ask('openPanel', 'audio');
    const bringUp = (agent: AgentPage) => agent.page.locator('almasar-dialer').getByText('Bring the window up').click();
    await bringUp(remote);
    await phone.page.waitForFunction('broughtUp === 1');
    assert.equal(await remote.page.locator('almasar-dialer .pane-empty [role=status]').innerText(), '');
    assert.equal(browser.context.pages().length, before, 'no second window');

    const other = new AgentPage(await CallCenterPage.open(browser, demo.url, '?lang=en'));
    await other.untilPhase('open');
    await other.ask('openPanel', 'audio');
    await bringUp(other);
    await other.page.locator('almasar-dialer .pane-empty').getByText('Look among your windows').waitFor();
    await eventually(() => browser.context.pages().length === before + 1, 'An empty window was left.');
    assert.equal((await phone.state()).phase, 'open', 'the call was not touched');
    await other.ask('hangUp');
    await phone.untilPhase('ended');
  }));
