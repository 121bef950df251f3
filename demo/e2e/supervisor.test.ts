import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { openAgentBrowser, type AgentBrowser } from './browser.ts';
import { CallCenterPage } from './call-center-page.ts';
import { startRunningDemo } from './running-demo.ts';

const SECRET = 'a secret that the CRM and the service share';

function supervisorsToken(): Promise<string> {
  return new SignJWT({ name: 'سلمى حسن', role: 'supervisor' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience('almasar-dialer')
    .setSubject('salma')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(SECRET));
}

/** The call-center page as a CRM shows it to a supervisor who is signed in, and how often its log reads the calls. */
async function openAsSupervisor(browser: AgentBrowser, url: string): Promise<{ page: Page; reads: () => number }> {
  const page = await browser.context.newPage();
  let reads = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/calls?')) reads += 1;
  });
  await page.route('**/call-center/auth-token*', async (route) =>
    route.fulfill({ json: { token: await supervisorsToken() } }),
  );
  await page.goto(`${url}/call-center`);
  await page.locator('almasar-call-log [part=status].live').waitFor();
  return { page, reads: () => reads };
}

test('a supervisor watches a colleague’s call come, change and end, and deletes its recording for both', async () => {
  const demo = await startRunningDemo({ CRM_JWT_SECRET: SECRET });
  const browser = await openAgentBrowser();
  try {
    const { page, reads } = await openAsSupervisor(browser, demo.url);
    await page.locator('almasar-call-log [part=empty]').waitFor();
    const before = reads();
    const mona = await CallCenterPage.open(browser, demo.url);
    await mona.call('00');
    await mona.until('open');
    const { callId } = (await mona.state()).call!;
    const row = page.locator(`[data-call-id="${callId}"]`);
    await row.locator('.outcome', { hasText: 'مكالمة جارية' }).waitFor();
    assert.equal(await row.locator('.agent').innerText(), 'منى فؤاد');
    await mona.page.waitForTimeout(1500);
    await mona.hangUp();
    await row.locator('.outcome.answered').waitFor();
    await row.locator('[part=quick-play-button]').waitFor();
    await mona.row(callId).locator('[part=quick-play-button]').waitFor();
    assert.equal(reads(), before, 'all of it came by itself');

    await row.locator('[part=details-button]').click();
    await row.locator('[part=delete-button]').click();
    await row.locator('[part=delete-for-good-button]').click();
    await row.locator('.deleted', { hasText: 'salma' }).waitFor();
    await mona.row(callId).locator('[part=quick-play-button]').waitFor({ state: 'detached' });
    await row.locator('[part=history-button]').click();
    await row.locator('[part=deed]', { hasText: 'مسح التسجيل' }).waitFor();
    // As built, the log folds up by its own width, too.
    await page.setViewportSize({ width: 320, height: 900 });
    await row.locator('[part=details]').scrollIntoViewIfNeeded();
    const [details, note] = await Promise.all(
      ['[part=details]', '[part=note-field]'].map((part) => row.locator(part).boundingBox()),
    );
    assert.ok(note!.width > 0.7 * details!.width, 'the note has the whole width of a narrow page');
    assert.deepEqual(browser.pageErrors, []);
    assert.deepEqual(browser.strayRequests, []);
  } finally {
    await browser.close();
    await demo.close();
  }
});
