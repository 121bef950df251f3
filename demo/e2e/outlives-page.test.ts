import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallRecord } from '../../service/contract.ts';
import { AgentPage } from './agent-page.ts';
import { asAgent } from './as-agent.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startCrmServer, type CrmServer } from './crm.ts';
import { MICROPHONE_HZ } from './microphone.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

/** A CRM of another origin than the service's. */
let crm: CrmServer;
let demo: RunningDemo;

before(async () => {
  crm = await startCrmServer({ id: 'mona', name: 'Mona' });
  demo = await startRunningDemo(crm.environment);
  crm.embed({
    service: demo.url,
    sandboxScript: demo.sandbox.pageScriptUrl,
    attributes: 'receive-calls',
    body: '<p><a href="tel:+201001234501">Echo</a> <a href="/elsewhere">Another page of the CRM</a></p>',
  });
});
after(async () => {
  await demo.close();
  crm.close();
});

async function withBrowser(run: (browser: AgentBrowser) => Promise<void>): Promise<void> {
  const browser = await openAgentBrowser();
  try {
    await run(browser);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 40_000);
}

async function record(callId: string): Promise<CallRecord> {
  return (await (await asAgent(demo.url, `/api/calls/${callId}`)).json()) as CallRecord;
}

for (const [lang, title] of [
  ['en', 'Nobody is signed in here'],
  ['ar', 'مفيش حد مسجّل دخوله هنا'],
] as const) {
  test(`the phone window, opened by nobody (${lang}): says where it is to be opened from`, () =>
    withBrowser(async (browser) => {
      const tab = await browser.context.newPage();
      await tab.goto(`${demo.url}/phone?lang=${lang}`);
      const agent = new AgentPage(tab);
      await agent.until(({ reach }) => reach === 'signed-out', 'not signed in');
      await agent.part('banner').getByText(title).waitFor();
      await agent.ask('dial', '01001234501');
      await agent.part('outcome').getByText(title).waitFor();
    }));
}

for (const [how, leave] of [
  ['reloaded', (page: AgentPage) => page.page.reload()],
  ['another page of the CRM is opened', (page: AgentPage) => page.page.goto(`${crm.origin}/elsewhere`)],
] as const) {
  test(`${how} in mid-call: the call is taken up again within seconds, with its sound`, () =>
    withBrowser(async (browser) => {
      const tab = await browser.context.newPage();
      tab.on('dialog', (dialog) => void dialog.accept());
      await tab.goto(crm.origin);
      const agent = new AgentPage(tab);
      await tab.locator('a[href^="tel:"]').click();
      const { call } = await agent.untilPhase('open');
      await tab.waitForTimeout(1000);
      await leave(agent);
      const again = await agent.untilPhase('open', 12_000);
      assert.equal(again.call?.callId, call?.callId);
      assert.equal(again.call?.openedAt, call?.openedAt);
      const heard = await new CallCenterEar(agent).listen();
      assert.ok(heard.share > 0.6, `the echo after the reload: ${JSON.stringify(heard)}`);
      // Longer than the service waits for a page that is gone: it has heard that this one is back.
      await tab.waitForTimeout(17_000);
      assert.equal((await agent.state()).phase, 'open');
      await agent.ask('hangUp');
      await agent.untilPhase('ended');
      assert.equal((await record(call!.callId)).outcome, 'answered');
    }));
}

class CallCenterEar {
  readonly #agent: AgentPage;

  constructor(agent: AgentPage) {
    this.#agent = agent;
  }

  listen(): Promise<{ share: number; rms: number }> {
    return this.#agent.page.evaluate(
      (hz) =>
        (
          window as unknown as { hearPage: { listen(at: number, ms: number): Promise<{ share: number; rms: number }> } }
        ).hearPage.listen(hz, 6000),
      MICROPHONE_HZ,
    );
  }
}

test('a tab that is closed in mid-call ends the call for the customer too', () =>
  withBrowser(async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await page.call('01');
    const { call } = await agent.untilPhase('open');
    await page.page.close();
    await eventually(
      async () => (await record(call!.callId)).status === 'ended',
      'The call went on without its agent.',
      30_000,
    );
  }));

test('a call that cannot be taken up again is ended, and the agent is told', () =>
  withBrowser(async (browser) => {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    page.page.on('dialog', (dialog) => void dialog.accept());
    await page.call('01');
    const { call } = await agent.untilPhase('open');
    await page.page.route('**/api/calls/token', (route) => route.abort());
    await page.page.reload();
    const ended = await agent.until(
      (state) => state.phase === 'ended' && state.call?.callId === call?.callId,
      'told that it is over',
      20_000,
    );
    assert.ok(ended.problem, 'with the reason');
    await eventually(async () => (await record(call!.callId)).status === 'ended', 'The customer is still on the line.');
  }));

test('the phone window keeps the call while the CRM comes and goes; any page is its remote', () =>
  withBrowser(async (browser) => {
    const tab = await browser.context.newPage();
    await tab.goto(crm.origin);
    const remote = new AgentPage(tab);
    await remote.untilReady();
    const opening = browser.context.waitForEvent('page');
    await remote.openMenu(4);
    const opened = await opening;
    const phone = new AgentPage(opened);
    await opened.locator('almasar-dialer').waitFor({ state: 'attached' });
    await phone.untilReady();
    await remote.until((state) => state.place === 'phone-window', 'the page is a remote');

    await tab.locator('a[href^="tel:"]').click();
    const { call } = await phone.untilPhase('open');
    await remote.untilPhase('open');
    await tab.goto(`${crm.origin}/elsewhere`);
    assert.equal((await phone.state()).phase, 'open');
    const again = await remote.untilPhase('open');
    assert.deepEqual([again.call?.callId, again.place], [call?.callId, 'phone-window']);
    await remote.ask('mute', true);
    await phone.until((state) => state.call?.muted === true, 'muted by the remote');

    // A page of yet another origin: the service's own.
    const other = new AgentPage(await CallCenterPage.open(browser, demo.url));
    await other.until((state) => state.place === 'phone-window' && state.phase === 'open', 'another origin sees it');
    await other.ask('hangUp');
    await phone.untilPhase('ended');

    demo.callIn('+201001234501');
    await Promise.all([phone, remote, other].map((each) => each.untilPhase('incoming')));
    await other.ask('answer');
    await phone.untilPhase('open');
    await other.ask('hangUp');
    await phone.untilPhase('ended');

    await opened.close();
    await remote.until((state) => state.place !== 'phone-window', 'the phone is back in the pages');
  }));
