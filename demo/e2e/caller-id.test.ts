import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const [CARE, SALES, FOREIGN] = ['+20224610000', '+20224610001', '+15005550006'] as const;

interface Leg {
  from: string;
  to: string;
  parentCallSid: string | null;
}

let demo: RunningDemo;
let browser: AgentBrowser;
before(async () => {
  demo = await startRunningDemo();
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.close();
  assert.deepEqual(browser.strayRequests, [], 'a page tried to leave this machine');
  assert.deepEqual(browser.pageErrors, [], 'a page threw');
});

/** What the customers’ telephones were shown, oldest call first. */
async function seenByCustomers(): Promise<string[]> {
  const { calls } = (await (await fetch(`${demo.sandbox.url}/sandbox/calls`)).json()) as { calls: Leg[] };
  return calls.filter(({ parentCallSid, to }) => parentCallSid !== null && to.startsWith('+')).map(({ from }) => from);
}

interface Opened {
  page: CallCenterPage;
  agent: AgentPage;
}

async function openPage(): Promise<Opened> {
  const page = await CallCenterPage.open(browser, demo.url);
  return { page, agent: new AgentPage(page) };
}

const chooser = (agent: AgentPage) => agent.part('caller-id').locator('select');

/** By the element's method: a click so soon after the one that called is taken for a double click. */
async function hangUp({ page, agent }: Opened): Promise<void> {
  await page.until('ringing');
  await agent.ask('hangUp');
  await page.until('ended');
}

async function callAndHangUp(opened: Opened): Promise<string> {
  const before = (await seenByCustomers()).length;
  await opened.page.call('00');
  await hangUp(opened);
  const seen = await seenByCustomers();
  assert.equal(seen.length, before + 1);
  return seen.at(-1)!;
}

test('chosen by keyboard: the customer’s telephone shows it, the next page still knows it, another tab follows', async () => {
  const first = await openPage();
  await chooser(first.agent).waitFor();
  const other = await openPage();
  await chooser(other.agent).waitFor();
  assert.equal(await chooser(other.agent).inputValue(), '');
  await chooser(first.agent).focus();
  for (const key of ['ArrowDown', 'ArrowDown']) await first.page.page.keyboard.press(key);
  assert.equal(await chooser(first.agent).inputValue(), SALES);
  await eventually(async () => (await chooser(other.agent).inputValue()) === SALES, 'the other tab does not follow');
  assert.equal(await callAndHangUp(first), SALES);
  const { call } = await first.page.state();
  assert.equal(call?.line, SALES, 'and the agent reads it');
  assert.equal((await first.page.log()).find(({ callId }) => callId === call.callId)?.callerId, SALES);
  await first.page.page.close();
  await other.page.page.close();

  // A click that brings the script: nobody waits for the list of numbers.
  const cold = await openPage();
  assert.equal(await callAndHangUp(cold), SALES);
  await cold.agent.part('close-button').click();
  await chooser(cold.agent).selectOption('');
  assert.equal(await callAndHangUp(cold), CARE);
  await cold.page.page.close();
});

test('a number that the agent may not show: a refusal in words, no call, and the next call shows the usual one', async () => {
  const { page, agent } = await openPage();
  const before = (await seenByCustomers()).length;
  await agent.ask('dial', '01001234500', { callerId: FOREIGN });
  await page.until('ended');
  assert.equal((await page.state()).problem?.code, 'caller-id-refused');
  assert.equal(await page.part('outcome').innerText(), 'الرقم ده مش مسموح نتصل منه');
  assert.equal((await seenByCustomers()).length, before);
  await page.part('call-button').click();
  await hangUp({ page, agent });
  assert.deepEqual((await seenByCustomers()).slice(before), [CARE]);
  await page.page.close();
});

test('a customer who called on another line sees that one when called back', async () => {
  const { page, agent } = await openPage();
  await agent.untilReady();
  const customer = '+201001234507';
  const callSid = demo.sandbox.placeIncomingCall({ from: customer, to: SALES, farEnd: '00' });
  await page.until('incoming');
  assert.equal((await page.state()).call?.line, SALES);
  await demo.hangUpCustomer(callSid);
  await page.until('ended');
  const before = (await seenByCustomers()).length;
  await page.part('call-button').click();
  await hangUp({ page, agent });
  assert.deepEqual((await seenByCustomers()).slice(before), [SALES]);
  await page.page.close();
});
