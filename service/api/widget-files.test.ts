import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib';
import { startTestService, type TestService } from '../testing/test-service.ts';

const SCRIPT = 'export const version = 1;\n';
const FILES: Record<string, string | Buffer> = {
  'almasar-dialer.js': SCRIPT,
  'almasar-dialer.js.br': brotliCompressSync(SCRIPT),
  'almasar-dialer.js.gz': gzipSync(SCRIPT),
  'almasar-bridge.js': SCRIPT,
  'chunks/phone-a1b2c3.js': 'export {};',
  'phone/EG.json': '{}',
  'phone/EG-form.json': '{}',
  'sounds/incoming.wav': Buffer.from('RIFF'),
  'index.js': 'not served',
  'demo/page.js': 'not served',
  'service/main.js': 'not served',
  'custom-elements.json': '{}',
  'chunks/secret.txt': 'not served',
};

/** As the service says it at /healthz. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

let directory: string;
let service: TestService;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-dist-'));
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  service = await startTestService({}, { widgetDirectory: directory });
});
after(async () => {
  await service.remove();
  rmSync(directory, { recursive: true });
});

const SERVED: [string, RegExp, string][] = [
  ['/almasar-dialer.js', /^text\/javascript/, 'no-cache'],
  [`/almasar-dialer@${version}.js`, /^text\/javascript/, 'public, max-age=31536000, immutable'],
  ['/almasar-bridge.js', /^text\/javascript/, 'no-cache'],
  ['/chunks/phone-a1b2c3.js', /^text\/javascript/, 'public, max-age=31536000, immutable'],
  ['/phone/EG.json', /^application\/json/, 'no-cache'],
  ['/phone/EG-form.json', /^application\/json/, 'no-cache'],
  ['/sounds/incoming.wav', /^audio\//, 'public, max-age=86400'],
];
for (const [path, type, cacheControl] of SERVED) {
  test(`${path} is served to every origin as ${type.source}, ${cacheControl}`, async () => {
    const answer = await service.app.request(path, { headers: { origin: 'https://crm.example.com' } });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type')!, type);
    assert.equal(answer.headers.get('cache-control'), cacheControl);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    await answer.arrayBuffer();
  });
}

test('the script is sent compressed, and not sent again while it is the same', async () => {
  const ask = (headers: Record<string, string>) => service.app.request('/almasar-dialer.js', { headers });
  const brotli = await ask({ 'accept-encoding': 'gzip, br' });
  assert.equal(brotli.headers.get('content-encoding'), 'br');
  assert.match(brotli.headers.get('vary')!, /Accept-Encoding/);
  assert.equal(brotliDecompressSync(await brotli.arrayBuffer()).toString(), SCRIPT);
  const plain = await ask({});
  assert.equal(await plain.text(), SCRIPT);
  assert.notEqual(plain.headers.get('etag'), brotli.headers.get('etag'));

  const again = await ask({ 'accept-encoding': 'gzip, br', 'if-none-match': brotli.headers.get('etag')! });
  assert.equal(again.status, 304);
  assert.equal(again.headers.get('cache-control'), 'no-cache');
  assert.equal(again.headers.get('access-control-allow-origin'), '*');
});

test('by the name of its version the script is the same to the byte, and of another version there is none', async () => {
  const ask = async (path: string, headers = {}) => {
    const answer = await service.app.request(path, { headers });
    return { answer, body: Buffer.from(await answer.arrayBuffer()) };
  };
  const plain = await ask(`/almasar-dialer@${version}.js`);
  assert.equal(plain.body.toString(), SCRIPT);
  const brotli = await ask(`/almasar-dialer@${version}.js`, { 'accept-encoding': 'br' });
  assert.equal(brotliDecompressSync(brotli.body).toString(), SCRIPT);
  for (const other of ['9.9.9', 'latest', `${version}.br`, `${version}.js`]) {
    const { answer, body } = await ask(`/almasar-dialer@${other}.js`, { origin: 'https://crm.example.com' });
    assert.equal(answer.status, 404, other);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.match(body.toString(), new RegExp(`/almasar-dialer@${version.replaceAll('.', '\\.')}\\.js`));
  }
});

for (const path of [
  '/index.js',
  '/demo/page.js',
  '/service/main.js',
  '/custom-elements.json',
  '/almasar-dialer.js.br',
  '/chunks/secret.txt',
  '/chunks/missing-1.js',
  '/chunks/../index.js',
  '/chunks/%2e%2e/index.js',
  '/chunks/..%2findex.js',
  '/phone/../../package.json',
]) {
  test(`${path} is not served`, async () => {
    const answer = await service.app.request(path);
    assert.equal(answer.status, 404);
    assert.equal(((await answer.json()) as { code: string }).code, 'not-found');
    assert.doesNotMatch(answer.headers.get('cache-control') ?? '', /immutable/);
  });
}

test('a widget that has not been built is named, with what to do', async () => {
  const unbuilt = await startTestService({}, { widgetDirectory: join(directory, 'nowhere') });
  const answer = await unbuilt.app.request('/almasar-dialer.js');
  assert.equal(answer.status, 503);
  assert.match(await answer.text(), /npm run build/);
  await unbuilt.remove();
});
