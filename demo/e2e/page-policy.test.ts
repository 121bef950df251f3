/** A CRM of another origin with a strict policy of its own: what it must allow, and what is said where it does not. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { AgentPage } from './agent-page.ts';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { startCrm, type Crm } from './crm.ts';

const LINK = '<p><a href="tel:+201001234501"><span>Echo</span></a></p>';
const NONCE = 'of-the-page';

let calling: Crm;
let receiving: Crm;
before(async () => {
  calling = await startCrm(LINK);
  receiving = await startCrm(LINK, 'receive-calls');
});
after(async () => {
  await calling.close();
  await receiving.close();
});

interface Policed {
  tab: Page;
  agent: AgentPage;
  browser: AgentBrowser;
  /** Origin of the service. */
  service: string;
  /** What the policy has refused, as the browser says. */
  refused: () => Promise<string[]>;
}

/** The CRM under README's policy, with `change` made to its directives. */
async function under(
  crm: Crm,
  change: (policy: Record<string, string>, service: string) => void,
  run: (policed: Policed) => Promise<void>,
  scripts: readonly string[] = [],
): Promise<void> {
  const browser = await openAgentBrowser({ scripts });
  try {
    const page = await (await fetch(crm.url)).text();
    const service = /service="([^"]+)"/.exec(page)![1]!;
    const sandbox = new URL(/<script src="([^"]+)"/.exec(page)![1]!);
    const policy: Record<string, string> = {
      'default-src': "'none'",
      'script-src': `${service} 'nonce-${NONCE}'`,
      'connect-src': `'self' ${service} ${sandbox.origin.replace('http', 'ws')}`,
      'media-src': service,
      'img-src': 'data:',
      'require-trusted-types-for': "'script'",
      'trusted-types': 'lit-html',
    };
    change(policy, service);
    await browser.context.route(`${crm.url}/`, async (route) => {
      const answer = await route.fetch();
      const value = Object.entries(policy).map((entry) => entry.join(' '));
      const headers = { ...answer.headers(), 'content-security-policy': value.join('; ') };
      const body = (await answer.text()).replaceAll('<script ', `<script nonce="${NONCE}" `);
      await route.fulfill({ response: answer, headers, body });
    });
    // The browser does not know any more that the page itself is of this machine, as the service is.
    await browser.context.grantPermissions(['local-network-access', 'microphone']);
    const tab = await browser.context.newPage();
    await tab.addInitScript(() => {
      const refused: string[] = [];
      Object.assign(window, { refused });
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
        refused.push(`${effectiveDirective} ${blockedURI}`),
      );
    });
    await tab.goto(`${crm.url}/`);
    await run({ tab, agent: new AgentPage(tab), browser, service, refused: () => tab.evaluate('refused') });
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
  }
}

async function callAndHangUp({ tab, agent }: Policed): Promise<void> {
  await tab.locator('a').click();
  await agent.untilPhase('open');
  await agent.ask('hangUp');
  assert.equal((await agent.untilPhase('ended')).outcome, 'answered');
}

async function isCalled({ agent }: Policed): Promise<void> {
  await agent.untilReady();
  await receiving.callIn();
  await agent.untilPhase('incoming');
}

test('under the policy of the README: a call, a customer’s call with its ringtone, and nothing is refused', async () => {
  await under(
    receiving,
    () => {},
    async (policed) => {
      const { agent, refused } = policed;
      await isCalled(policed);
      await agent.until(({ ring }) => ring === 'on', 'it rings');
      await agent.ask('decline');
      await agent.until(({ phase }) => phase !== 'incoming', 'declined');
      await callAndHangUp(policed);
      assert.deepEqual(await refused(), []);
    },
  );
});

test('a nonce of the script tag is enough: what that loads goes by it, too', () =>
  under(
    calling,
    (policy) => {
      policy['script-src'] = `'nonce-${NONCE}'`;
    },
    async (policed) => {
      await callAndHangUp(policed);
      assert.deepEqual(await policed.refused(), []);
    },
  ));

test('connect-src without the service: the first call of a cold page says so, with the directive', () =>
  under(
    calling,
    (policy, service) => {
      policy['connect-src'] = policy['connect-src']!.replace(service, '');
    },
    async ({ tab, agent, service }) => {
      // Clicked before there is anything that would hear what is refused.
      await tab.addInitScript(() =>
        addEventListener('DOMContentLoaded', () => document.querySelector<HTMLElement>('a span')!.click()),
      );
      await tab.reload();
      await agent.untilPhase('ended');
      const code = tab.locator('almasar-dialer code');
      await code.waitFor();
      assert.equal(await code.innerText(), `connect-src ${service}`);
      assert.equal(await agent.part('outcome').innerText(), 'The page’s policy blocks the phone');
    },
  ));

test('media-src without the service: no click would let it ring, and that is said; nothing else is blamed on it', () =>
  under(
    receiving,
    (policy) => {
      policy['media-src'] = "'none'";
    },
    async (policed) => {
      const { tab, agent, service } = policed;
      await isCalled(policed);
      const code = tab.locator('almasar-dialer code');
      await code.waitFor();
      assert.equal(await code.innerText(), `media-src ${service}`);
      await agent.ask('answer');
      await agent.untilPhase('open');
      await agent.ask('hangUp');
      await agent.untilPhase('ended');
      // The service goes away: that is no matter of the policy.
      await policed.browser.context.route(`${service}/**`, (route) => route.abort());
      await agent.ask('dial', '+201001234502');
      await agent.until(({ problem }) => problem !== null, 'failed');
      await agent.part('outcome').getByText('Service not reachable').waitFor();
      assert.equal(await code.count(), 0);
    },
  ));

test('a policy without lit-html: the page is told that the phone did not load, and the browser gets the number', () =>
  under(
    calling,
    (policy) => {
      policy['trusted-types'] = "'none'";
    },
    async ({ tab, refused }) => {
      await tab.evaluate(() => {
        const told: string[] = [];
        Object.assign(window, { told });
        window.open = () => null;
        addEventListener('almasar-error', (event) =>
          told.push((event as CustomEvent<{ message: string }>).detail.message),
        );
      });
      await tab.locator('a').click();
      await tab.waitForFunction('told.length > 0');
      assert.deepEqual(await tab.evaluate('told'), ['The phone did not load.']);
      assert.deepEqual(await refused(), ['trusted-types trusted-types-policy']);
    },
  ));

test('an extension that blocks the carrier’s telemetry: a call, as if it were there', () =>
  under(
    calling,
    () => {},
    async (policed) => {
      await callAndHangUp(policed);
      assert.ok((await policed.tab.evaluate<number>('blocked')) > 0, 'something was blocked');
    },
    ['ad-blocker.js'],
  ));
