/** `pause-for-wrap-up`: while a conversation is written up no customer rings, in whichever tab of the agent. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const FIRST = '+201001234501';
const SECOND = '+201001234500';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

/** The carrier has let the customer's leg go. */
async function isGone(callSid: string): Promise<boolean> {
  const { calls } = (await (await fetch(`${demo.sandbox.url}/sandbox/calls`)).json()) as {
    calls: { sid: string; endedAt: string | null }[];
  };
  return calls.some(({ sid, endedAt }) => sid === callSid && endedAt !== null);
}

test('two tabs: after a conversation nobody rings until it is saved in either; then customers ring again', async () => {
  const browser = await openAgentBrowser();
  try {
    // Every ring of a tab, from before its element is there.
    await browser.context.addInitScript(() => {
      const rung: string[] = [];
      document.addEventListener('almasar-call-incoming', (event) => rung.push((event as CustomEvent).detail.number));
      Object.assign(window, { rung });
    });
    // The browser does not know any more that the page itself is of this machine, as the sandbox is.
    await browser.context.grantPermissions(['local-network-access', 'microphone']);
    await browser.context.route('**/call-center', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('receive-calls', 'receive-calls pause-for-wrap-up');
      return route.fulfill({ response: answer, body });
    });
    const tabs: AgentPage[] = [];
    for (let tab = 0; tab < 2; tab += 1) {
      const agent = new AgentPage(await CallCenterPage.open(browser, demo.url));
      tabs.push(agent);
      await agent.untilReady();
    }
    const rung = (tab: AgentPage) => tab.page.evaluate<string[]>('rung');
    const all = (run: (tab: AgentPage) => Promise<unknown>) => Promise.all(tabs.map(run));
    const isFirst = (await tabs[0]!.state()).place === 'here';
    const [holder, remote] = [tabs[isFirst ? 0 : 1]!, tabs[isFirst ? 1 : 0]!];

    demo.callIn(FIRST);
    await all((tab) => tab.untilPhase('incoming'));
    await remote.ask('answer');
    const { call } = await remote.untilPhase('open');
    // It is the service that sends customers: from when it has been told.
    const told = holder.page.waitForResponse(
      (response) =>
        response.url().endsWith('/api/calls/phone') &&
        response.request().method() === 'PUT' &&
        !(response.request().postDataJSON() as { available: boolean }).available,
    );
    await remote.ask('hangUp');
    await all((tab) => tab.until(({ phase, reach }) => phase === 'ended' && reach === 'away', 'writing it up'));
    await told;
    await all((tab) => tab.page.getByText('مفيش عميل هيرن لحد ما تحفظ أو تقفل.').waitFor());

    // The carrier asks the service who is there: nobody. The customer hears so and is gone; no tab has rung.
    const second = demo.callIn(SECOND);
    await eventually(() => isGone(second), 'The second customer is still waiting.', 60_000);
    assert.deepEqual(await all(rung), [[FIRST], [FIRST]]);

    await remote.ask('saveWrapUp', call!.callId, { note: 'Wants a larger one.', disposition: null });
    await all((tab) => tab.until(({ phase, reach }) => phase === 'idle' && reach === 'ready', 'ready again'));
    const third = demo.callIn(SECOND);
    await all((tab) => tab.untilPhase('incoming'));
    assert.deepEqual(await all(rung), [
      [FIRST, SECOND],
      [FIRST, SECOND],
    ]);
    await demo.hangUpCustomer(third);
    await all((tab) => tab.untilPhase('ended'));
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
});
