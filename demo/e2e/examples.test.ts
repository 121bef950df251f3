import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { CallPage } from '../../service/contract.ts';
import { asAgent } from './as-agent.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { startDemoProcess, type DemoProcess } from './demo-process.ts';

let demo: DemoProcess;
let browser: AgentBrowser;
before(async () => {
  demo = await startDemoProcess();
  browser = await openAgentBrowser();
});
after(async () => {
  await browser.close();
  await demo.stop();
});

/** The example as a visitor opens it, with everything that its browser has to say against it. */
async function withExample(name: string, run: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.exposeFunction('noteViolation', (violation: string) => complaints.push(`policy: ${violation}`));
  await page.addInitScript(() => {
    const { noteViolation } = window as unknown as { noteViolation: (violation: string) => void };
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      noteViolation(`${effectiveDirective} ${blockedURI} ${sample}`),
    );
  });
  try {
    const answer = await page.goto(`${demo.url}/examples/${name}`);
    const policy = answer!.headers()['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'none'.*require-trusted-types-for 'script'/);
    assert.ok(!policy.includes('unsafe'), policy);
    await run(page);
    assert.deepEqual(complaints, []);
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await page.close();
  }
}

async function until(page: Page, phase: string): Promise<void> {
  await page.locator(`almasar-dialer[phase="${phase}"]`).waitFor({ state: 'attached', timeout: 15_000 });
}

/** From the click to the end, and what the service says of it. */
async function callAndHangUp(page: Page, link: string): Promise<void> {
  await page.locator(link).click();
  await until(page, 'open');
  // A person looks before hanging up; a click at once would count as the second one of a double click.
  await page.waitForTimeout(700);
  await page.locator('almasar-dialer').locator('[part~="hang-up-button"]').click();
  await until(page, 'ended');
}

async function newestCall() {
  return ((await (await asAgent(demo.url, '/api/calls?limit=1')).json()) as CallPage).calls[0];
}

test('plain HTML: one script tag, one element; the link that is to be left alone is', () =>
  withExample('plain', async (page) => {
    const ignored = page.evaluate(() => {
      const clicked = Promise.withResolvers<boolean>();
      const listen = (event: MouseEvent) => {
        clicked.resolve(!event.defaultPrevented);
        // The browser would ask which program is to call, and wait for an answer.
        event.preventDefault();
      };
      window.addEventListener('click', listen, { once: true });
      return clicked.promise;
    });
    await page.locator('a[data-almasar-ignore]').click();
    assert.equal(await ignored, true, 'the link stays the browser’s');
    assert.equal(await page.locator('almasar-dialer:is([phase="idle"], :not([phase]))').count(), 1);
    await callAndHangUp(page, 'tbody tr:nth-child(2) a');
    const call = await newestCall();
    assert.equal(call?.customer.number, '+201001234501');
    assert.equal(call?.customer.name, 'Sara El Menshawy');
    assert.equal(call?.outcome, 'answered');
  }));

test('React: property, events, slot and method of the element in JSX', () =>
  withExample('react', async (page) => {
    await callAndHangUp(page, 'a[href="tel:+201001234501"]');
    await page.locator('li[data-outcome="answered"]', { hasText: 'Sara El Menshawy' }).waitFor();
    await page.locator('almasar-dialer [slot="customer"]', { hasText: 'instalments' }).waitFor();
    await page.locator('tr[aria-current]', { hasText: 'Sara El Menshawy' }).waitFor();
    await page.getByRole('button', { name: 'Call Ahmed Abdel Hamid' }).click();
    await until(page, 'open');
    await page
      .locator('almasar-dialer')
      .evaluate((element) => (element as HTMLElementTagNameMap['almasar-dialer']).hangUp());
    await page.locator('li[data-outcome]', { hasText: 'Ahmed Abdel Hamid' }).waitFor();
    assert.equal((await newestCall())?.customer.number, '+201001234500');
  }));

test('Vue: property, event and slot of the element from a render function, in Arabic', () =>
  withExample('vue', async (page) => {
    await callAndHangUp(page, 'tbody tr:nth-child(1) a');
    await page.locator('td[data-outcome="answered"]', { hasText: 'رد' }).waitFor();
    assert.equal(await page.locator('almasar-dialer [slot="customer"]').count(), 1);
    assert.equal((await newestCall())?.customer.number, '+201001234500');
  }));

test('strict policy: a call under it, and the page shows it and what it refuses', () =>
  withExample('strict-csp', async (page) => {
    await callAndHangUp(page, 'a[data-almasar-name="Youssef Guirguis"]');
    const shown = await page.locator('#policy').innerText();
    assert.match(shown, /default-src 'none'/);
    assert.match(shown, /trusted-types lit-html 'allow-duplicates'/);
    assert.equal(await page.locator('#permissions').innerText(), 'Permissions-Policy: microphone=(self)');
    assert.equal(await page.locator('#refused li').count(), 0);
  }));

test('the ear for violations hears one', async () => {
  await assert.rejects(
    withExample('strict-csp', async (page) => {
      await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
      await page.locator('#refused li').waitFor();
    }),
    /policy: style-src-attr inline/,
  );
});

test('the index leads to every example', async () => {
  const page = await browser.context.newPage();
  await page.goto(`${demo.url}/examples/`);
  assert.equal(page.url(), `${demo.url}/examples`);
  const paths = await page
    .locator('li a')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  assert.deepEqual(
    paths,
    ['plain', 'react', 'vue', 'strict-csp'].map((name) => `/examples/${name}`),
  );
  for (const path of paths) assert.equal((await fetch(demo.url + path)).status, 200);
  await page.close();
});
