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
  verdict: string;
  steps: { id: string; status: string; problem: string | null; detail: string }[];
  text: string;
}

/** Presses the one button, and waits for the verdict in words. */
async function check(
  options: BrowserOptions,
  prepare: (page: CallCenterPage) => Promise<unknown> = async () => {},
): Promise<Checked> {
  const browser = await openAgentBrowser(options);
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await prepare(page);
    await agent.part('menu-button').click();
    await agent.part('check-button').click();
    await agent.part('start-check-button').click();
    const verdict = agent.part('check-verdict');
    await verdict.waitFor({ timeout: 60_000 });
    const steps = await agent.part('check-step').evaluateAll((all) =>
      all.map((step) => {
        const { id = '', status = '', problem = '' } = (step as HTMLElement).dataset;
        return { id, status, problem: problem || null, detail: step.textContent ?? '' };
      }),
    );
    return {
      verdict: (await verdict.getAttribute('data-verdict')) ?? '',
      steps,
      text: await verdict.innerText(),
    };
  } finally {
    await browser.close();
  }
}

test('a good line: every step is good, the echo call included, and the log has no trace of it', async () => {
  const { verdict, steps, text } = await check({});
  assert.deepEqual(
    steps.filter(({ status }) => status !== 'good'),
    [],
  );
  assert.equal(verdict, 'good');
  assert.ok(text.length > 5);
});

test('a refused microphone is found, with the steps that need it skipped', async () => {
  const { verdict, steps } = await check({ microphone: 'refused' });
  assert.equal(verdict, 'bad');
  assert.equal(steps.find(({ id }) => id === 'microphone')?.status, 'failed');
  assert.equal(steps.find(({ id }) => id === 'echo')?.status, 'skipped');
});

test('a service that gives no token is found', async () => {
  const { verdict, steps } = await check({}, (page) =>
    page.page.route('**/api/calls/token', (route) => route.fulfill({ status: 500, json: {} })),
  );
  assert.equal(verdict, 'bad');
  assert.equal(steps.find(({ id }) => id === 'token')?.status, 'failed');
});
