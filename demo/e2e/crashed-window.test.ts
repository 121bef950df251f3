/** A phone window whose process is killed: it says nothing any more, and the service believes in it for 45 s. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser } from './browser.ts';
import { startCrmServer, type CrmServer } from './crm.ts';
import { startRunningDemo, type RunningDemo } from './running-demo.ts';

/** Of another origin than the service's, as a rule: else its page and the window are one process. */
let crm: CrmServer;
let demo: RunningDemo;

before(async () => {
  crm = await startCrmServer({ id: 'mona', name: 'Mona' });
  demo = await startRunningDemo(crm.environment);
  crm.embed({
    service: demo.url,
    sandboxScript: demo.sandbox.pageScriptUrl,
    attributes: 'receive-calls lang="ar"',
    body: '<p><a href="tel:+201001234501">Echo</a></p>',
  });
});
after(async () => {
  await demo.close();
  crm.close();
});

test('a click on a number is said not to have reached it, in every page', async () => {
  const browser = await openAgentBrowser();
  try {
    const pages = await Promise.all([browser.context.newPage(), browser.context.newPage()]);
    for (const page of pages) await page.goto(crm.origin);
    const [remote, other] = pages.map((page) => new AgentPage(page)) as [AgentPage, AgentPage];
    await Promise.all([remote, other].map((each) => each.untilReady()));
    const opening = browser.context.waitForEvent('page');
    await remote.openMenu(4);
    const phone = await opening;
    await phone.locator('almasar-dialer').waitFor({ state: 'attached' });
    await new AgentPage(phone).untilReady();
    await Promise.all([remote, other].map((each) => each.until(({ place }) => place === 'phone-window', 'remotes')));

    const devtools = await browser.context.newCDPSession(phone);
    const crashed = phone.waitForEvent('crash');
    devtools.send('Page.crash').catch(() => {});
    await crashed;
    await other.page.locator('a').click();
    for (const { page } of [remote, other]) {
      await page.locator('almasar-dialer').getByText('طلبك ماوصلش للتليفون').first().waitFor();
    }
    assert.equal((await other.state()).phase, 'idle');
  } finally {
    await browser.close();
  }
});
