import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startTestService } from '../testing/test-service.ts';
import { languageOf } from './phone-page.ts';

const built = mkdtempSync(join(tmpdir(), 'almasar-phone-'));
mkdirSync(join(built, 'chunks'));
for (const name of ['almasar-dialer.js', 'phone-window.js', 'phone-window.css']) writeFileSync(join(built, name), name);
after(() => rmSync(built, { recursive: true }));

test('the page: the element inline, its script, and a policy that lets it reach Twilio and nothing else', async () => {
  const region = { TWILIO_EDGE: 'dublin, frankfurt', TWILIO_REGION: 'ie1' };
  const service = await startTestService(region, { widgetDirectory: built });
  const page = await service.app.request('/phone?lang=en');
  const text = await page.text();
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type')!, /^text\/html/);
  assert.match(text, /^<!doctype html>\s*<html lang="en" dir="ltr">/);
  assert.match(text, /<almasar-dialer inline service="\/" lang="en"><\/almasar-dialer>/);
  assert.match(text, /<link rel="stylesheet" href="\/phone-window\.css" \/>/);
  assert.deepEqual(text.match(/<script\b[^>]*>/g), ['<script type="module" src="/phone-window.js">']);
  assert.doesNotMatch(text, /\s(style|on\w+)=/);
  assert.equal(
    page.headers.get('permissions-policy'),
    'microphone=(self), camera=(), display-capture=(), geolocation=(), midi=(), payment=(), usb=()',
  );
  const policy = (page.headers.get('content-security-policy') ?? '').split('; ');
  assert.ok(policy.includes("default-src 'none'"));
  assert.ok(policy.includes("script-src 'self'"));
  const edges = 'wss://voice-js.dublin.twilio.com wss://voice-js.frankfurt.twilio.com';
  assert.ok(policy.includes(`connect-src 'self' ${edges} https://eventgw.ie1.twilio.com`));
  assert.ok(policy.includes("frame-ancestors 'none'"));
  assert.ok(policy.includes("require-trusted-types-for 'script'"));
  assert.equal((await service.app.request('/phone-window.js')).status, 200);
  assert.equal((await service.app.request('/phone-window.css')).headers.get('cache-control'), 'no-cache');
  await service.remove();
});

test('where something stands in for Twilio, the page loads its script first and may reach it', async () => {
  const phonePage = {
    phonePageScripts: ['http://127.0.0.1:4101/page.js'],
    phonePageConnections: ['ws://127.0.0.1:4100'],
  };
  const service = await startTestService({}, { widgetDirectory: built, phonePage });
  const page = await service.app.request('/phone');
  const text = await page.text();
  assert.match(text, /<html lang="ar" dir="rtl">/);
  assert.deepEqual(text.match(/src="[^"]*"/g), ['src="http://127.0.0.1:4101/page.js"', 'src="/phone-window.js"']);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes("script-src 'self' http://127.0.0.1:4101;"));
  assert.ok(policy.includes("connect-src 'self' ws://127.0.0.1:4100;"));
  assert.ok(!policy.includes('twilio'));
  await service.remove();
});

test('a window that has not been built is said to be', async () => {
  const service = await startTestService({}, { widgetDirectory: join(built, 'chunks') });
  const script = await service.app.request('/phone-window.js');
  assert.equal(script.status, 503);
  assert.equal(script.headers.get('cache-control'), 'no-store');
  assert.match(await script.text(), /npm run build/);
  assert.doesNotMatch(await (await service.app.request('/phone')).text(), /stylesheet/);
  await service.remove();
});

for (const [asked, accepted, language] of [
  [undefined, undefined, 'ar'],
  ['en', 'ar', 'en'],
  ['ar', 'en', 'ar'],
  ['"><script>', 'en-GB,ar;q=0.9', 'en'],
  ['fr', 'fr-FR, ar-EG;q=0.8, en;q=0.5', 'ar'],
  [undefined, 'de', 'ar'],
] as const) {
  test(`asked for ${asked}, accepting ${accepted}: ${language}`, () => {
    assert.equal(languageOf(asked, accepted), language);
  });
}
