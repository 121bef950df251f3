import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { signAuthToken } from '../call-center/auth-token.ts';
import { openAgentBrowser } from './browser.ts';
import { startDemoProcess } from './demo-process.ts';

/** A CRM of another origin, with nothing of ours but the script tag and the element. */
test('one script tag in a page of another origin makes its links call', async () => {
  const secret = 'a secret that the CRM and the service share';
  let page = '';
  const crm = createServer((request, response) => {
    if (request.method === 'POST') {
      return void signAuthToken({ id: 'karim', name: 'Karim' }, secret).then((token) =>
        response.end(JSON.stringify({ token })),
      );
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(page);
  });
  await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
  const demo = await startDemoProcess({ CRM_JWT_SECRET: secret, CORS_ORIGINS: origin });
  const browser = await openAgentBrowser();
  try {
    const [sandbox] = /http:\/\/[^"]+\/almasar-sandbox\.js/.exec(
      await (await fetch(`${demo.url}/call-center`)).text(),
    )!;
    page = `<!doctype html><html lang="en"><title>CRM</title>
      <script src="${sandbox}"></script>
      <script type="module" src="${demo.url}/almasar-dialer.js"></script>
      <almasar-dialer service="${demo.url}" auth-endpoint="/token"></almasar-dialer>
      <p><a href="tel:0100 123 4500"><span>Ahmed</span></a></p>`;
    const tab = await browser.context.newPage();
    await tab.goto(origin);
    await tab.locator('a span').click();
    await tab.locator('almasar-dialer[phase="open"]').waitFor({ state: 'attached', timeout: 15_000 });
    // A person looks before hanging up; a click at once would count as the second one of a double click.
    await tab.waitForTimeout(700);
    await tab.locator('almasar-dialer').locator('[part~="hang-up-button"]').click();
    await tab.locator('almasar-dialer[phase="ended"]').waitFor({ state: 'attached' });
    assert.deepEqual(browser.strayRequests, []);
    assert.deepEqual(browser.pageErrors, []);
  } finally {
    await browser.close();
    await demo.stop();
    crm.closeAllConnections();
    crm.close();
  }
});
