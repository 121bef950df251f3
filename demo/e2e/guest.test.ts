import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo, type RunningDemo } from './running-demo.ts';

/** Lit's own, in every page with a Lit: what decorators keep. Its lists of versions the build leaves out. */
const LIT = ['litPropertyMetadata'];

let demo: RunningDemo;
before(async () => (demo = await startRunningDemo()));
after(() => demo.close());

test('a call leaves no global of ours, no changed prototype and no cookie in the page', async () => {
  const browser = await openAgentBrowser({ scripts: ['remember-globals.js'] });
  try {
    const page = await CallCenterPage.open(browser, demo.url);
    const agent = new AgentPage(page);
    await agent.untilReady();
    await page.call('01');
    await agent.untilPhase('open');
    await agent.ask('hangUp');
    await agent.untilPhase('ended');
    const changed = () => page.page.evaluate<string[]>('changedGlobals().sort()');
    assert.deepEqual(await changed(), LIT);
    assert.equal(await page.page.evaluate('document.cookie'), '');
    await page.page.evaluate('Array.prototype.last = () => {}; window.leak = 1');
    assert.deepEqual(await changed(), ['Array.prototype.last', 'leak', ...LIT]);
  } finally {
    await browser.close();
  }
});
