import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type BrowserOptions } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo, type RunningDemo } from './running-demo.ts';

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

interface Checked {
  /** `good`, `weak` or `failed`, as it is coloured. */
  verdict: string;
  /** Of each step, in their order. */
  steps: string[];
  text: string;
  /** Calls in the agent's log when all is over. */
  logged: number;
}

/** Presses the one button, and waits for the verdict in words. */
async function check(
  options: BrowserOptions,
  prepare: (page: CallCenterPage) => Promise<unknown> = async () => {},
  receives = true,
): Promise<Checked> {
  const browser = await openAgentBrowser(options);
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    if (receives) await agent.untilReady();
    await prepare(page);
    await agent.openMenu(3);
    await page.dialer.locator('.pane-main').click();
    const verdict = page.dialer.locator('.pane-verdict:is(.pane-good, .pane-weak, .pane-failed)');
    await verdict.waitFor({ timeout: 60_000 });
    const state = (classes: string) => /pane-(good|weak|failed|skipped|waiting|running)/.exec(classes)?.[1] ?? '';
    const steps = await page.dialer.locator('.pane-step').evaluateAll((all) => all.map((step) => step.className));
    return {
      verdict: state((await verdict.getAttribute('class')) ?? ''),
      steps: steps.map(state),
      text: await verdict.innerText(),
      logged: (await page.log()).length,
    };
  } finally {
    await browser.close();
  }
}

const GOOD = ['good', 'good', 'good', 'good', 'good', 'good', 'good', 'good'];

test('a good line: every step is good, the echo call included, and the log has no trace of it', async () => {
  const { verdict, steps, text, logged } = await check({});
  assert.deepEqual(steps, GOOD);
  assert.equal(verdict, 'good');
  assert.ok(text.length > 5);
  assert.equal(logged, 0);
});

test('a refused microphone is found, with the step that needs it skipped', async () => {
  const { verdict, steps } = await check({ microphone: 'refused' }, async () => {}, false);
  assert.deepEqual(steps, [...GOOD.slice(0, 6), 'failed', 'skipped']);
  assert.equal(verdict, 'failed');
});

test('a service that gives no token is found', async () => {
  const { verdict, steps } = await check({}, (page) =>
    page.page.route('**/api/calls/token', (route) => route.fulfill({ status: 500, json: {} })),
  );
  assert.equal(steps[3], 'failed');
  assert.equal(verdict, 'failed');
});
