/** Nothing here can build an image; this holds what the Dockerfile takes over, and starts it where there is nothing else. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { environment } from '../../service/testing/test-service.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
let image: string;

before(() => {
  image = mkdtempSync(join(tmpdir(), 'almasar-image-'));
  for (const [, words] of dockerfile.matchAll(/^COPY --from=build (.+)$/gm)) {
    const [target, ...sources] = words!.split(' ').toReversed();
    for (const pattern of sources.map((source) => source.replace('/build/', ''))) {
      const found = globSync(pattern);
      assert.ok(found.length > 0, `the Dockerfile copies ${pattern}, which the build does not make`);
      const folder = join(image, target!);
      mkdirSync(folder, { recursive: true });
      const isFolder = target !== './' && !target!.endsWith('/');
      for (const path of found) {
        cpSync(path, isFolder ? folder : join(folder, path.split('/').at(-1)!), { recursive: true });
      }
    }
  }
});
after(() => rmSync(image, { recursive: true, force: true }));

function command(name: 'CMD' | 'HEALTHCHECK'): string[] {
  const pattern = name === 'CMD' ? /^CMD (\[.*\])$/m : /^HEALTHCHECK[^[]*CMD (\[.*\])$/m;
  return JSON.parse(pattern.exec(dockerfile)![1]!) as string[];
}

/** Starts what the image starts, and hands its port to `use`. */
async function started(use: (port: number) => Promise<void>): Promise<void> {
  const [, ...parameters] = command('CMD');
  const env = {
    ...environment({ PORT: '0', LOG_LEVEL: 'info', DATABASE_URL: 'sqlite:./calls.db' }),
    NODE_ENV: 'production',
  };
  const child = spawn(process.execPath, parameters, { cwd: image, env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = (await child.stdout.setEncoding('utf8').take(1).toArray()) as string[];
    await use((JSON.parse(line!.split('\n')[0]!) as { port: number }).port);
  } finally {
    child.kill('SIGTERM');
  }
}

test('what the Dockerfile copies serves widget and service, and its health check tells so', () =>
  started(async (port) => {
    for (const path of [
      '/healthz',
      '/readyz',
      '/almasar-dialer.js',
      '/almasar-bridge.js',
      '/phone',
      '/phone-window.css',
      '/phone/EG.json',
    ]) {
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`)).status, 200, path);
    }
    const [, ...check] = command('HEALTHCHECK');
    const healthy = (at: number) => spawnSync(process.execPath, check, { env: { PORT: String(at) } }).status;
    assert.equal(healthy(port), 0);
    assert.equal(healthy(9), 1);
  }));

test('it starts where nothing can be written beside it, as in the image', async () => {
  const cache = join(image, 'dist/service/compile-cache');
  rmSync(cache, { recursive: true, force: true });
  writeFileSync(cache, 'in the way');
  await started(async (port) => assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200));
  assert.equal(readFileSync(cache, 'utf8'), 'in the way');
});

test('the image runs as nobody in particular, and takes no secret along', () => {
  assert.match(dockerfile, /^USER node$/m);
  assert.doesNotMatch(dockerfile, /^COPY (?!--from=build|\. \.$)/m);
  assert.match(readFileSync('.dockerignore', 'utf8'), /^\.env$/m);
});
