import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { Route } from 'playwright-core';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const CUSTOMER = '+201001234501';
const SECOND = '+201001234500';

let demo: RunningDemo;
let browser: AgentBrowser;

before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

beforeEach(async () => (browser = await openAgentBrowser()));

afterEach(async () => {
  await browser.close();
  assert.deepEqual(browser.pageErrors, []);
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
});

async function open(): Promise<{ page: CallCenterPage; agent: AgentPage }> {
  const page = await CallCenterPage.open(browser, demo.url);
  const agent = new AgentPage(page);
  await agent.untilReady();
  return { page, agent };
}

async function talking(agent: AgentPage): Promise<void> {
  demo.callIn(CUSTOMER);
  await agent.untilPhase('incoming');
  await agent.ask('answer');
  await agent.untilPhase('open');
}

/** Answers or declines the second customer, later than the second click of a double click would. */
async function pressWaiting(agent: AgentPage, what: 'answer' | 'decline'): Promise<void> {
  const button = agent.part('waiting').locator(`[part=${what}-button]`);
  await button.waitFor();
  await agent.page.waitForTimeout(700);
  await button.click();
}

/** The page with other headers, and without the script that points the SDK at the sandbox. */
async function under(change: (headers: Record<string, string>) => void, keepSandbox: boolean): Promise<void> {
  await browser.context.route('**/call-center', async (route: Route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers() };
    change(headers);
    const body = await answer.text();
    const script = /<script src="[^"]*"[^>]*><\/script>/;
    await route.fulfill({ response: answer, headers, body: keepSandbox ? body : body.replace(script, '') });
  });
}

test('with the note open, a second customer is in sight and declined; as a pill, one is answered', async () => {
  const { agent } = await open();
  await talking(agent);
  await agent.part('note-button').click();
  const second = demo.callIn(SECOND);
  await pressWaiting(agent, 'decline');
  assert.equal(await agent.part('back-button').count(), 1, 'the note is still open');
  await agent.until((state) => state.waiting === null && state.phase === 'open', 'the second is gone');
  await demo.hangUpCustomer(second);
  await agent.part('collapse-button').click();
  demo.callIn(SECOND);
  await pressWaiting(agent, 'answer');
  await agent.until(({ phase, call }) => phase === 'open' && call?.number === SECOND, 'the second is spoken to');
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
});

test('a number clicked during a call is not called, which is said, and is called when the call is over', async () => {
  const { page, agent } = await open();
  await talking(agent);
  const before = (await page.log()).length;
  await page.call('00');
  await agent.part('notice').waitFor();
  assert.match(await agent.part('notice').innerText(), /0123\s4500/);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
  assert.equal((await page.log()).length, before);
  await agent.part('notice').locator('[part=call-button]').click();
  const { call } = await agent.untilPhase('open');
  assert.deepEqual([call?.direction, call?.number.slice(-2)], ['outgoing', '00']);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
});

test('a policy of the page without the carrier is the reason that a call gives, with its directive', async () => {
  await under((headers) => {
    headers['content-security-policy'] = headers['content-security-policy']!.replace(
      /connect-src [^;]*/,
      "connect-src 'self'",
    );
  }, false);
  const page = await CallCenterPage.open(browser, demo.url);
  const agent = new AgentPage(page);
  await agent.part('field').waitFor();
  await page.call('00');
  await agent.untilPhase('ended', 30_000);
  await page.dialer.locator('code').waitFor();
  assert.equal(await page.dialer.locator('code').innerText(), 'connect-src wss://voice-js.roaming.twilio.com');
  assert.equal(await page.part('outcome').innerText(), 'حماية الصفحة مانعة التليفون');
});

test('a page that may have no microphone says just that, and how it is mended', async () => {
  await under((headers) => {
    headers['permissions-policy'] = 'microphone=()';
  }, true);
  // The browser does not know any more that the page itself is of this machine, as the sandbox is.
  await browser.context.grantPermissions(['local-network-access']);
  const page = await CallCenterPage.open(browser, demo.url);
  const agent = new AgentPage(page);
  const { reachProblem } = await agent.until(({ reach }) => reach === 'no-microphone', 'told');
  assert.equal(reachProblem, 'microphone-not-allowed-here');
  await page.dialer.locator('button.how').click();
  await page.dialer.locator('.pane-how').waitFor();
  assert.match(await page.dialer.locator('.pane-how').innerText(), /allow="microphone"/);
});
