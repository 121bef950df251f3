import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser, type BrowserOptions } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { eventually, startRunningDemo, type RunningDemo } from './running-demo.ts';

const CUSTOMER = '+201001234501';
const DIGIT = /\d|[٠-٩]/;

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

async function withAgent(
  options: BrowserOptions,
  run: (agent: AgentPage, page: CallCenterPage, browser: AgentBrowser) => Promise<void>,
): Promise<void> {
  const browser = await openAgentBrowser(options);
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await run(agent, page, browser);
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
  }
  await eventually(async () => (await demo.liveLegs()) === 0, 'A leg was left at the carrier.', 25_000);
}

async function openAudioPanel(agent: AgentPage): Promise<void> {
  await agent.page.evaluate(() => (document.querySelector('almasar-dialer') as unknown as Opener).openPanel('audio'));
}

interface Opener {
  openPanel(name: string): void;
}

/** Asks the page without leave to sound: what Playwright runs in a page counts as a gesture. */
async function asker(page: Page): Promise<(expression: string) => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  return async (expression) => {
    const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true });
    return result.value;
  };
}

test('a ringtone that the browser mutes: the face says so and what to do, and a click lets it sound', async () => {
  const browser = await openAgentBrowser({ soundsAfterGesture: true });
  try {
    const { page } = await CallCenterPage.open(browser, demo.url);
    const ask = await asker(page);
    const until = (condition: string) => eventually(async () => (await ask(condition)) === true, condition);
    const banner = `document.querySelector('almasar-dialer').shadowRoot?.querySelector('[part~="banner"]')`;
    const is = (state: Record<string, string>) =>
      until(
        Object.entries(state)
          .map(([name, value]) => `document.querySelector('almasar-dialer').state?.${name} === '${value}'`)
          .join(' && '),
      );
    await is({ reach: 'ready' });
    const callSid = demo.callIn(CUSTOMER);
    await is({ phase: 'incoming', ring: 'blocked' });
    assert.equal(await ask('soundingRingtones()'), 0);
    await until(`${banner}?.checkVisibility() === true`);
    assert.match(String(await ask(`${banner}.innerText`)), /المتصفح كاتم الرنة[\s\S]*دوس هنا/);
    const [x, y] = JSON.parse(
      String(
        await ask(
          `(({ x, y, width, height }) => JSON.stringify([x + width / 2, y + height / 2]))(${banner}.getBoundingClientRect())`,
        ),
      ),
    ) as [number, number];
    await page.mouse.click(x, y);
    await is({ phase: 'incoming', ring: 'on' });
    assert.equal(await ask('soundingRingtones()'), 1);
    await until(`!${banner}`);
    await demo.hangUpCustomer(callSid);
    await is({ phase: 'ended', ring: 'off' });
    assert.equal(await ask('soundingRingtones()'), 0);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
});

interface Shown {
  title: string;
  options: NotificationOptions;
  closed: boolean;
  refused: boolean;
}

test('a call while the page is out of sight is one notification without name or number; a click brings the page', () =>
  withAgent({ scripts: ['note-notifications.js'] }, async (agent, { page }, browser) => {
    const shown = () => page.evaluate<Shown[]>('desktop.shown()');
    await browser.context.grantPermissions(['notifications', 'microphone'], { origin: demo.url });
    const unwanted = demo.callIn(CUSTOMER);
    await page.evaluate('desktop.hide(true)');
    await agent.untilPhase('incoming');
    await demo.hangUpCustomer(unwanted);
    await agent.untilPhase('ended');
    assert.deepEqual(await shown(), [], 'nobody has asked for notifications');

    await page.evaluate('desktop.hide(false)');
    await agent.part('close-button').first().click();
    await openAudioPanel(agent);
    const wish = page.locator('almasar-dialer [role="switch"].pane-switch');
    await wish.click();
    await page.locator('almasar-dialer [role="switch"].pane-switch[aria-checked="true"]').waitFor();

    const seen = demo.callIn(CUSTOMER);
    await agent.untilPhase('incoming');
    await demo.hangUpCustomer(seen);
    await agent.untilPhase('ended');
    assert.deepEqual(await shown(), [], 'the page is in sight');

    await page.evaluate('desktop.hide(true)');
    demo.callIn(CUSTOMER);
    const { call } = await agent.untilPhase('incoming');
    await eventually(async () => (await shown()).length > 0, 'There is no notification.');
    const [notification] = await shown();
    const { title, options } = notification!;
    const text = JSON.stringify([title, options]);
    assert.equal(title, 'مكالمة واردة');
    assert.doesNotMatch(text, DIGIT);
    if (call?.name) assert.ok(!text.includes(call.name), text);
    assert.deepEqual([options.lang, options.dir, notification!.closed], ['ar', 'rtl', false]);
    await page.evaluate('desktop.click()');
    assert.equal(await page.evaluate('desktop.focused()'), 1);
    await agent.ask('answer');
    await agent.untilPhase('open');
    const all = await shown();
    assert.deepEqual([all.length, all[0]!.closed], [1, true]);
    await agent.ask('hangUp');
    await agent.untilPhase('ended');

    const given = demo.callIn(CUSTOMER);
    await agent.untilPhase('incoming');
    await eventually(async () => (await shown()).length === 2, 'The second call has no notification.');
    assert.equal((await shown())[1]!.closed, false);
    await demo.hangUpCustomer(given);
    await agent.untilPhase('ended');
    await eventually(async () => (await shown())[1]!.closed, 'It outlives the ringing.');
  }));

test('a headset off the hook answers, on the hook hangs up; its mute and its lamps are those of the screen', () =>
  withAgent({ scripts: ['fake-headset.js'] }, async (agent, { page }) => {
    const NONE = { offHook: false, ring: false, mute: false };
    const lamps = () => page.evaluate<typeof NONE>('headset.lamps()');
    const untilLamps = async (wanted: Partial<typeof NONE>) => {
      let now = await lamps();
      await eventually(
        async () => {
          now = await lamps();
          return JSON.stringify(now) === JSON.stringify({ ...NONE, ...wanted });
        },
        `The lamps are not ${JSON.stringify(wanted)}.`,
      );
    };
    // Nobody answers and hangs up as fast as a button springs back.
    const aWhile = () => page.waitForTimeout(700);

    await openAudioPanel(agent);
    await page.locator('almasar-dialer button.pane-row:not([role])').last().click();
    demo.callIn(CUSTOMER);
    await agent.untilPhase('incoming');
    await untilLamps({ ring: true });
    await page.evaluate('headset.offHook(true)');
    await agent.untilPhase('open');
    await untilLamps({ offHook: true });

    await page.evaluate('headset.pushMute()');
    await agent.until(({ call }) => call?.muted === true, 'muted by the headset');
    await untilLamps({ offHook: true, mute: true });
    await page.evaluate('headset.pushMute()');
    await agent.until(({ call }) => call?.muted === false, 'unmuted by the headset');
    await untilLamps({ offHook: true });
    await agent.part('mute-button').first().click();
    await untilLamps({ offHook: true, mute: true });

    await aWhile();
    await page.evaluate('headset.offHook(false)');
    await agent.untilPhase('ended');
    await untilLamps({});

    // Picked once, it is there after a reload; and nobody is asked.
    await page.reload();
    await agent.untilReady();
    await page.waitForTimeout(300);
    demo.callIn(CUSTOMER);
    await agent.untilPhase('incoming');
    await untilLamps({ ring: true });
    await agent.part('answer-button').first().click();
    await agent.untilPhase('open');
    await untilLamps({ offHook: true });
    // A headset does as it was told, and says so.
    await page.evaluate('headset.offHook(true)');
    await aWhile();
    assert.equal((await agent.state()).phase, 'open');
    await page.evaluate('headset.offHook(false)');
    await agent.untilPhase('ended');
    await untilLamps({});
  }));
