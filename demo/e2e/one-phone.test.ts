import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallPage } from '../../service/contract.ts';
import { AgentPage } from './agent-page.ts';
import { asAgent } from './as-agent.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const CUSTOMER = '+201001234501';
/** Each with a call log: more than HTTP/1.1 has connections. */
const TABS = 10;
/** What other tabs may take to show what the phone's tab has told, and another to be reached in its place. */
const TOLD_MS = 500;
const TAKEN_OVER_MS = 3000;

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

async function withTabs(
  count: number,
  run: (tabs: AgentPage[], browser: AgentBrowser) => Promise<void>,
): Promise<void> {
  const browser = await openAgentBrowser({ scripts: ['note-times.js'] });
  try {
    const tabs: AgentPage[] = [];
    for (let tab = 0; tab < count; tab += 1) {
      const agent = new AgentPage(await CallCenterPage.open(browser, demo.url));
      tabs.push(agent);
      await agent.untilReady();
    }
    await run(tabs, browser);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
}

async function holderOf(tabs: AgentPage[]): Promise<AgentPage> {
  const places = await Promise.all(tabs.map(async (tab) => (await tab.state()).place));
  assert.deepEqual(places.filter((place) => place === 'here').length, 1, places.join());
  return tabs[places.indexOf('here')]!;
}

/** When it happened in that page, in ms of one clock. */
function timesOf(tab: AgentPage): Promise<Record<string, number>> {
  return tab.page.evaluate('noteTimes.read()');
}

/**
 * Every tab has been told within half a second. On a machine that is busy a bare message from the phone's tab takes as
 * long as it takes; it was sent right after the dialer's own and arrives in its turn, so what is added to it is ours.
 */
async function toldInTime(tabs: AgentPage[], holder: AgentPage, event: string): Promise<void> {
  const happened = (await timesOf(holder))[event]!;
  const others = await Promise.all(tabs.filter((tab) => tab !== holder).map(timesOf));
  const late = others.map((times) => Math.round(times[event]! - times[`message: ${event}`]!));
  const total = others.map((times) => Math.round(times[event]! - happened));
  console.info(`# ${event} is told in ${total.join(', ')} ms; beside a bare message: ${late.join(', ')}`);
  assert.equal(late.length, tabs.length - 1);
  for (const ms of late) assert.ok(ms <= TOLD_MS, `${event}: ${ms} ms later than a bare message`);
}

async function rowsOf(callId: string): Promise<number> {
  const { calls } = (await (await asAgent(demo.url, '/api/calls?limit=100')).json()) as CallPage;
  return calls.filter((call) => call.callId === callId).length;
}

test('several tabs: one rings, any answers, all see it; one row in the log', () =>
  withTabs(TABS, async (tabs) => {
    const holder = await holderOf(tabs);
    demo.callIn(CUSTOMER);
    const [incoming] = await Promise.all(tabs.map((tab) => tab.untilPhase('incoming')));
    await Promise.all(tabs.map((tab) => tab.until((state) => state.ring === 'on', 'all know that it rings')));
    const sounding = await Promise.all(
      tabs.map((tab) =>
        tab.page.evaluate(() => (window as unknown as { soundingRingtones(): number }).soundingRingtones()),
      ),
    );
    assert.equal(sounding.filter((count) => count > 0).length, 1, `ringtones: ${sounding.join()}`);
    const remote = tabs.find((tab) => tab !== holder)!;
    await remote.part('answer-button').first().click();
    await holder.untilPhase('open');
    await Promise.all(tabs.map((tab) => tab.untilPhase('open')));
    await tabs.at(-1)!.ask('hangUp');
    await Promise.all(tabs.map((tab) => tab.untilPhase('ended')));
    for (const event of ['almasar-call-open', 'almasar-call-ended']) {
      await eventually(
        async () =>
          (await Promise.all(tabs.map(timesOf))).filter((times) => times[`message: ${event}`]).length >= TABS - 1,
        'A bare message was not heard.',
      );
      await toldInTime(tabs, holder, event);
    }
    assert.equal(await rowsOf(incoming!.call!.callId), 1);
  }));

test('several tabs: a call that nobody takes is missed once', () =>
  withTabs(3, async (tabs) => {
    const callSid = demo.callIn(CUSTOMER);
    const [incoming] = await Promise.all(tabs.map((tab) => tab.untilPhase('incoming')));
    await demo.hangUpCustomer(callSid);
    await Promise.all(tabs.map((tab) => tab.untilPhase('ended')));
    await tabs[2]!.part('close-button').first().click();
    await Promise.all(tabs.map((tab) => tab.untilPhase('idle')));
    assert.equal(await rowsOf(incoming!.call!.callId), 1);
  }));

test('the tab with the phone closes: another is reached within three seconds', () =>
  withTabs(3, async (tabs) => {
    const holder = await holderOf(tabs);
    const rest = tabs.filter((tab) => tab !== holder);
    await holder.page.evaluate('noteTimes.hold()');
    await Promise.all(rest.map((tab) => tab.page.evaluate('noteTimes.wait()')));
    const first = await timesOf(holder);
    await holder.page.close();
    await eventually(async () => {
      const states = await Promise.all(rest.map((tab) => tab.state()));
      return states.some(({ place, reach }) => place === 'here' && reach === 'ready');
    }, 'Nobody took the phone over.');
    const times = (await Promise.all(rest.map(timesOf))).find(({ ready }) => ready)!;
    // From when the browser itself says that the tab is gone, by a lock of its own. The first phone had all of that to
    // do and its page to load before: on a machine where that took longer, this may take as long.
    const [took, firstTook] = [times['ready']! - times['gone']!, first['ready']! - first['start']!].map(Math.round);
    console.info(`# taken over in ${took} ms; the first phone was there ${firstTook} ms after its page began`);
    assert.ok(took! <= Math.max(TAKEN_OVER_MS, firstTook!), `taken over in ${took} ms`);
    // The first heartbeat of the new holder.
    await rest[0]!.page.waitForTimeout(500);
    const callSid = demo.callIn(CUSTOMER);
    await Promise.all(rest.map((tab) => tab.untilPhase('incoming')));
    await demo.hangUpCustomer(callSid);
    await Promise.all(rest.map((tab) => tab.untilPhase('ended')));
  }));

test('a tab that the browser freezes leaves phone and events to another, and hears again when it wakes', () =>
  withTabs(2, async (tabs) => {
    const holder = await holderOf(tabs);
    const other = tabs.find((tab) => tab !== holder)!;
    // Headless Chromium freezes no page: the events as it sends them, to the document alone.
    const tell = (type: string) => holder.page.evaluate(`void document.dispatchEvent(new Event('${type}'))`);
    await tell('freeze');
    await other.until((state) => state.place === 'here' && state.reach === 'ready', 'the phone is in the other tab');
    // The first heartbeat of the new holder.
    await other.page.waitForTimeout(500);
    const callSid = demo.callIn(CUSTOMER);
    const { call } = await other.untilPhase('incoming');
    const row = `[data-call-id="${call!.callId}"]`;
    await other.page.locator(row).waitFor();
    await demo.hangUpCustomer(callSid);
    await other.untilPhase('ended');
    await tell('resume');
    await holder.page.locator(row).waitFor();
    await holder.until((state) => state.place === 'other-tab', 'the phone stays where it is');
  }));

test('a number clicked in a tab without the phone is called by the tab that has it; the phone can be brought over', () =>
  withTabs(2, async (tabs) => {
    const holder = await holderOf(tabs);
    const other = tabs.find((tab) => tab !== holder)!;
    await other.page.locator('a[href^="tel:"]').first().click();
    await other.untilPhase('open');
    assert.deepEqual([(await other.state()).place, (await holder.state()).place], ['other-tab', 'here']);
    await other.ask('hangUp');
    await holder.untilPhase('ended');
    await other.part('close-button').first().click();
    await other.untilPhase('idle');
    await other.ask('takeOver');
    await other.until((state) => state.place === 'here', 'the phone is here');
    await holder.until((state) => state.place === 'other-tab', 'the phone is there');
  }));
