/** A call-back from the notes of a call to the conversation that closes it, whoever of both called. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { CallPage } from '../../service/contract.ts';
import { AgentPage } from './agent-page.ts';
import { asAgent } from './as-agent.ts';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const ANSWERS = '01';
const CUSTOMER = '+201001234501';
const NOTE = 'عايزة عرض سعر مكتوب';
const OTHER_NOTE = 'اتكلمت مع المدير';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

async function openIds(page: CallCenterPage): Promise<string[]> {
  const answer = await page.asAgent('/api/calls?callBacks=open');
  return ((await answer.json()) as CallPage).calls.map(({ callId }) => callId);
}

test('chosen in the notes, listed in another tab, dialled from there, and gone in both once the customer answers', async () => {
  const browser = await openAgentBrowser();
  try {
    const here = await CallCenterPage.open(browser, demo.url);
    const there = await CallCenterPage.open(browser, demo.url);
    await here.call(ANSWERS);
    await here.until('open');
    await here.hangUp();
    const { callId } = (await here.state()).call!;
    await here.dialer.locator('textarea').fill(NOTE);
    await here.dialer.getByLabel('نكلمه تاني').selectOption('hour');
    await here.dialer.getByRole('button', { name: 'احفظ' }).click();
    await here.dialer.getByText('اتحفظت').waitFor();
    assert.deepEqual(await openIds(here), [callId]);

    await here.part('close-button').click();
    for (const tab of [here, there]) await tab.part('call-backs-button').waitFor();
    await there.part('call-backs-button').click();
    await there.dialer.getByText(NOTE).waitFor();
    await there.dialer.locator('.pane-dial').click();
    for (const tab of [here, there]) await tab.until('open');
    await eventually(async () => (await openIds(here)).length === 0, 'It is open though the customer has answered.');
    await there.hangUp();
    await there.part('close-button').click();
    for (const tab of [here, there]) {
      await tab.until('idle');
      await tab.part('call-backs-button').waitFor({ state: 'detached' });
    }
    const [again, first] = await here.log();
    assert.equal(first!.callId, callId);
    assert.equal(first!.callBack!.doneAt, again!.answeredAt);
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
});

test('kept while the service cannot be reached, sent once it can be, and closed by the customer’s own call', async () => {
  const browser = await openAgentBrowser();
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await page.call(ANSWERS);
    await page.until('open');
    await page.hangUp();
    const { callId } = (await page.state()).call!;
    const ofCall = `**/api/calls/${callId}`;
    await browser.context.route(ofCall, (route) => route.abort());
    await page.dialer.locator('textarea').fill(NOTE);
    await page.dialer.getByLabel('نكلمه تاني').selectOption('hour');
    await page.dialer.getByRole('button', { name: 'احفظ' }).click();
    await page.dialer.getByText('محفوظة على الجهاز ده').waitFor();
    assert.deepEqual(await openIds(page), []);
    // On another computer meanwhile.
    await asAgent(demo.url, `/api/calls/${callId}`, 'PATCH', { note: OTHER_NOTE });
    await browser.context.unroute(ofCall);
    await page.page.evaluate(() => dispatchEvent(new Event('online')));
    await eventually(async () => (await openIds(page)).includes(callId), 'What was kept was not sent.');
    const both = `${OTHER_NOTE}\n${NOTE}`;
    assert.equal((await page.log()).find((call) => call.callId === callId)!.note, both);
    await eventually(async () => (await page.dialer.locator('textarea').inputValue()) === both, 'Both are not shown.');

    await page.part('close-button').click();
    await page.part('call-backs-button').waitFor();
    demo.callIn(CUSTOMER);
    await agent.untilPhase('incoming');
    // Not by clicks: one so soon after another would be taken for its second.
    await agent.ask('answer');
    await agent.untilPhase('open');
    await eventually(async () => (await openIds(page)).length === 0, 'It is open though he was answered.');
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
    await page.part('close-button').click();
    await page.part('call-backs-button').waitFor({ state: 'detached' });
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
});
