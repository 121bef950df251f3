import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { MICROPHONE_HZ } from './microphone.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const CUSTOMER = '+201001234501';
const SECOND = '+201001234500';

let demo: RunningDemo;
let browser: AgentBrowser;
let page: CallCenterPage;
let agent: AgentPage;

before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

beforeEach(async () => {
  browser = await openAgentBrowser();
  page = await CallCenterPage.open(browser, demo.url);
  agent = new AgentPage(page);
  await agent.untilReady();
});

afterEach(async () => {
  await browser.close();
  assert.deepEqual(browser.strayRequests, []);
  assert.deepEqual(browser.pageErrors, []);
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
});

test('a customer calls, is answered, hears the agent and is heard; the log says who and how', async () => {
  const title = await page.page.title();
  demo.callIn(CUSTOMER);
  const { call, ring } = await agent.until((state) => state.phase === 'incoming' && state.ring === 'on', 'it rings');
  assert.deepEqual([call?.direction, call?.number, ring], ['incoming', CUSTOMER, 'on']);
  await page.page.waitForFunction((before) => document.title !== before, title);
  await agent.part('answer-button').first().click();
  const open = await agent.untilPhase('open');
  assert.equal(open.ring, 'off');
  assert.equal(await page.page.title(), title);
  // The customer of 01 gives back what it hears.
  const echoed = await page.listen(MICROPHONE_HZ, 6000);
  assert.ok(echoed.share > 0.6, `the agent in the customer’s echo: ${JSON.stringify(echoed)}`);
  await agent.part('hang-up-button').first().click();
  await agent.untilPhase('ended');
  await eventually(async () => {
    const record = (await page.log()).find(({ callId }) => callId === call?.callId);
    return record?.outcome === 'answered' && record.direction === 'incoming' && record.recordings.length > 0;
  }, 'The log has no answered incoming call with a recording.');
});

test('a call that is declined is done with here, and the customer may leave a message', async () => {
  demo.callIn(CUSTOMER, '00');
  const { call } = await agent.untilPhase('incoming');
  await agent.part('decline-button').first().click();
  await agent.untilPhase('idle');
  await eventually(async () => {
    const record = (await page.log()).find(({ callId }) => callId === call?.callId);
    return record?.outcome === 'voicemail' || record?.status === 'ringing' || record?.outcome === 'missed';
  }, 'The log does not know the call.');
  await eventually(async () => (await demo.liveLegs()) <= 1, 'The customer’s own leg is all that is left.');
  for (const { sid } of await legs()) await demo.hangUpCustomer(sid).catch(() => {});
});

async function legs(): Promise<{ sid: string; endedAt: string | null }[]> {
  const { calls } = (await (await fetch(`${demo.sandbox.url}/sandbox/calls`)).json()) as {
    calls: { sid: string; endedAt: string | null }[];
  };
  return calls.filter(({ endedAt }) => endedAt === null);
}

test('a customer who gives up is one missed call, on show until it is read, with a way to call back', async () => {
  const callSid = demo.callIn(CUSTOMER);
  const { call } = await agent.untilPhase('incoming');
  await demo.hangUpCustomer(callSid);
  const { outcome } = await agent.untilPhase('ended');
  assert.equal(outcome, 'missed');
  assert.equal((await agent.state()).ring, 'off');
  const missed = (await page.log()).filter(({ callId }) => callId === call?.callId);
  assert.deepEqual(
    missed.map((record) => record.outcome),
    ['missed'],
  );
  await agent.part('call-button').click();
  assert.equal((await agent.untilPhase('open')).call?.number, CUSTOMER);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
});

test('a second customer is offered during a call; answering ends the first', async () => {
  demo.callIn(CUSTOMER);
  await agent.untilPhase('incoming');
  await agent.ask('answer');
  const first = await agent.untilPhase('open');
  demo.callIn(SECOND);
  const both = await agent.until((state) => state.waiting !== null, 'the second waits');
  assert.deepEqual([both.phase, both.call?.callId, both.waiting?.number], ['open', first.call?.callId, SECOND]);
  await agent.part('waiting').locator('[part~="answer-button"]').click();
  const second = await agent.until(
    (state) => state.phase === 'open' && state.call?.number === SECOND,
    'talking to the second',
  );
  assert.equal(second.waiting, null);
  assert.ok((await page.listen(440, 4000)).rms > 0.01, 'the second customer speaks');
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
  const outcomes = (await page.log()).filter((record) =>
    [first.call?.callId, second.call?.callId].includes(record.callId),
  );
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['answered', 'answered'],
  );
});

test('a second customer who is declined leaves the call as it was', async () => {
  demo.callIn(CUSTOMER);
  await agent.untilPhase('incoming');
  await agent.ask('answer');
  await agent.untilPhase('open');
  const second = demo.callIn(SECOND);
  await agent.until((state) => state.waiting !== null, 'the second waits');
  await agent.ask('decline');
  await agent.until((state) => state.waiting === null && state.phase === 'open', 'the second is gone');
  await demo.hangUpCustomer(second);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
});

test('a second customer who gives up is missed at once, and shown when the agent is free', async () => {
  await page.page.evaluate(() => {
    const told: string[] = [];
    document.addEventListener('almasar-call-missed', (event) => {
      told.push((event as CustomEvent<{ number: string }>).detail.number);
    });
    Object.assign(window, { toldMissed: told });
  });
  demo.callIn(CUSTOMER);
  await agent.untilPhase('incoming');
  await agent.ask('answer');
  await agent.untilPhase('open');
  const second = demo.callIn(SECOND);
  await agent.until((state) => state.waiting !== null, 'the second waits');
  await demo.hangUpCustomer(second);
  await agent.until((state) => state.missed.length === 1 && state.phase === 'open', 'the second is missed');
  const told = await page.page.evaluate(() => (window as unknown as { toldMissed: string[] }).toldMissed);
  assert.deepEqual(told, [SECOND]);
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
  await agent.part('close-button').first().click();
  const { call, phase } = await agent.until((state) => state.outcome === 'missed', 'it is shown');
  assert.deepEqual([phase, call?.number], ['ended', SECOND]);
  await agent.part('close-button').first().click();
  await agent.untilPhase('idle');
  const again = await page.page.evaluate(() => (window as unknown as { toldMissed: string[] }).toldMissed.length);
  assert.equal(again, 1);
});

test('an agent who is away is not rung, and is again when back', async () => {
  const told = (available: boolean) =>
    page.page.waitForResponse((response) => {
      const request = response.request();
      if (request.method() !== 'PUT' || !response.url().endsWith('/api/calls/phone')) return false;
      return (request.postDataJSON() as { available: boolean }).available === available;
    });
  const away = told(false);
  await agent.ask('setAvailable', false);
  await agent.until((state) => state.reach === 'away', 'away');
  await away;
  const nobody = demo.callIn(CUSTOMER, '00');
  await page.page.waitForTimeout(1500);
  assert.equal((await agent.state()).phase, 'idle');
  await demo.hangUpCustomer(nobody);
  const back = told(true);
  await agent.ask('setAvailable', true);
  await agent.untilReady();
  await back;
  const somebody = demo.callIn(CUSTOMER);
  await agent.untilPhase('incoming');
  await demo.hangUpCustomer(somebody);
  await agent.untilPhase('ended');
});

test('the page’s button lets a customer call in', async () => {
  await page.page.locator('#call-in').click();
  const { call } = await agent.untilPhase('incoming');
  assert.equal(call?.direction, 'incoming');
  await agent.ask('answer');
  await agent.untilPhase('open');
  await agent.ask('hangUp');
  await agent.untilPhase('ended');
});
