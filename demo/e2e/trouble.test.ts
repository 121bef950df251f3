import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import AccessToken from 'twilio/lib/jwt/AccessToken.js';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { MICROPHONE_HZ } from './microphone.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

async function inCall(
  run: (page: CallCenterPage, agent: AgentPage) => Promise<void>,
  options: Parameters<typeof openAgentBrowser>[0] & { tokenSeconds?: number } = {},
): Promise<void> {
  const browser = await openAgentBrowser(options);
  try {
    if (options.tokenSeconds !== undefined) await giveShortTokens(browser, options.tokenSeconds);
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await page.call('01');
    await agent.untilPhase('open');
    await run(page, agent);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 40_000);
}

/** The service's access tokens with another life: an hour would be long for a test. */
async function giveShortTokens(browser: AgentBrowser, seconds: number): Promise<void> {
  const { accountSid, apiKey, apiSecret, applicationSid } = demo.plan.config;
  await browser.context.route('**/api/calls/token', (route) => {
    const token = new AccessToken(accountSid, apiKey!, apiSecret!, { identity: 'mona', ttl: seconds });
    token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: applicationSid!, incomingAllow: true }));
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    return route.fulfill({ json: { accessToken: token.toJwt(), identity: 'mona', expiresAt } });
  });
}

test('access tokens run out in mid-call: the call goes on, and customers still reach the agent afterwards', () =>
  inCall(
    async (page, agent) => {
      // Two lives and more of a token.
      await page.page.waitForTimeout(100_000);
      assert.equal((await agent.state()).phase, 'open');
      const heard = await page.listen(MICROPHONE_HZ, 4000);
      assert.ok(heard.share > 0.6, `the sound after the expiry: ${JSON.stringify(heard)}`);
      await agent.ask('hangUp');
      await agent.untilPhase('ended');
      await agent.untilReady();
    },
    { tokenSeconds: 45 },
  ));

test('a microphone that gives silence is noticed, and said with a remedy', () =>
  inCall(
    async (_page, agent) => {
      await agent.until((state) => state.warnings.includes('not-heard-microphone'), 'noticed', 25_000);
      assert.ok((await agent.part('banner').innerText()).length > 10);
      await agent.ask('hangUp');
      await agent.untilPhase('ended');
    },
    { microphone: 'silent' },
  ));

for (const [what, warning, words] of [
  ['packet-loss', 'choppy', /الصوت بيقطّع/],
  // So much of it breaks the sound up, too, which is the more serious of the two.
  ['delay', 'delayed', /الصوت بي(تأخر|قطّع)/],
] as const) {
  test(`${what} on the way to the agent: the sound is said to be ${warning}, and no more once it is gone`, () =>
    inCall(async (page, agent) => {
      // The SDK watches the sound of a call from its sixth second on.
      await page.page.waitForTimeout(6500);
      assert.deepEqual((await agent.state()).warnings, []);
      demo.sandbox.breakDown(what, 25_000);
      await agent.until(({ warnings }) => warnings.includes(warning), 'noticed', 25_000);
      await agent.part('banner').getByText(words).waitFor();
      assert.equal((await agent.state()).phase, 'open', 'the call goes on');
      await agent.until(({ warnings }) => warnings.length === 0, 'gone', 60_000);
      assert.equal(await agent.part('banner').count(), 0);
      await agent.ask('hangUp');
      assert.equal((await agent.untilPhase('ended')).outcome, 'answered');
    }));
}

test('signalling is cut for four seconds: the call goes on, says so, and is whole afterwards', () =>
  inCall(async (page, agent) => {
    const { call } = await agent.state();
    demo.sandbox.breakDown('signalling', 4000);
    await agent.untilPhase('reconnecting');
    assert.equal(await agent.part('banner').count(), 1);
    const heard = await page.listen(MICROPHONE_HZ, 2500);
    assert.ok(heard.share > 0.3 && heard.rms > 0.02, `the sound goes on meanwhile: ${JSON.stringify(heard)}`);
    const again = await agent.untilPhase('open', 15_000);
    assert.equal(again.call?.callId, call?.callId);
    await agent.untilReady();
    await agent.ask('hangUp');
    assert.equal((await agent.untilPhase('ended')).outcome, 'answered');
  }));

test('media is cut: said in words, mended when the network is back', () =>
  inCall(async (page, agent) => {
    // The SDK watches the sound of a call from its sixth second on.
    await page.page.waitForTimeout(6500);
    demo.sandbox.breakDown('media', 9000);
    await agent.until(
      (state) => state.phase === 'reconnecting' || state.warnings.includes('no-connection'),
      'trouble is shown',
      15_000,
    );
    await agent.until((state) => state.phase === 'open' && state.warnings.length === 0, 'mended', 30_000);
    const heard = await page.listen(MICROPHONE_HZ, 6000);
    assert.ok(heard.share > 0.6, `the sound is back: ${JSON.stringify(heard)}`);
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
  }));

test('offline, a dial is given up in words and never rings later', async () => {
  const browser = await openAgentBrowser();
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    demo.sandbox.breakDown('signalling', 20_000);
    await browser.context.setOffline(true);
    await agent.until((state) => state.reach === 'offline', 'offline is said');
    await page.call('00');
    const { problem } = await agent.untilPhase('ended', 20_000);
    assert.ok(problem, 'with the reason');
    await browser.context.setOffline(false);
    await agent.until((state) => state.reach === 'ready', 'back', 45_000);
    await page.page.waitForTimeout(5000);
    assert.equal((await agent.state()).phase, 'ended');
    assert.equal(await demo.liveLegs(), 0);
  } finally {
    await browser.close();
  }
});
