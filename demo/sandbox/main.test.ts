import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const LOOPBACK_ONLY = new URL('../../scripts/loopback-only.ts', import.meta.url).href;

function run(...args: string[]) {
  return spawn(process.execPath, ['--import', LOOPBACK_ONLY, MAIN, ...args], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function runToTheEnd(...args: string[]) {
  const child = run(...args);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
}

describe('npm run sandbox', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`prints one line of JSON when it is ready, and ends on ${signal}`, async () => {
      const child = run('--number', '+20224610001=http://127.0.0.1:9/voice');
      const ended = once(child, 'exit');
      const lines: string[] = [];
      const reader = createInterface(child.stdout);
      reader.on('line', (line) => lines.push(line));
      await once(reader, 'line');
      const ready = JSON.parse(lines[0] ?? '') as Record<string, string>;
      assert.deepEqual(Object.keys(ready), [
        'url',
        'signalUrl',
        'pageScriptUrl',
        'accountSid',
        'authToken',
        'apiKey',
        'apiSecret',
        'applicationSid',
        'numbers',
      ]);
      const answer = await fetch(`${ready['url']}/2010-04-01/Accounts/${ready['accountSid']}/Applications.json`, {
        headers: { Authorization: `Basic ${btoa(`${ready['apiKey']}:${ready['apiSecret']}`)}` },
      });
      assert.ok(JSON.stringify(await answer.json()).includes(String(ready['applicationSid'])));
      child.kill(signal);
      assert.deepEqual(await ended, [0, null]);
      assert.equal(lines.length, 1);
    });
  }

  it('stays on this machine while it is tested', async () => {
    const child = run('--number', '+20224610001=http://192.0.2.1:9/voice');
    const trouble = createInterface(child.stderr);
    try {
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const refusal = once(trouble, 'line', { signal: AbortSignal.timeout(5000) });
      const { url } = JSON.parse(line) as { url: string };
      await fetch(`${url}/sandbox/incoming-calls`, {
        method: 'POST',
        body: JSON.stringify({ from: '+201001234500', to: '+20224610001' }),
      });
      assert.match(String((await refusal)[0]), /tried to reach 192\.0\.2\.1/);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  });

  it('helps', async () => {
    const { stdout, code } = await runToTheEnd('--help');
    assert.equal(code, 0);
    assert.match(stdout, /--voice-url/);
  });

  it('refuses what cannot be, with one sentence and status 2', async () => {
    for (const args of [['--nonsense'], ['--auth-token', 'short'], ['--number', '0100']]) {
      const { stdout, stderr, code } = await runToTheEnd(...args);
      assert.deepEqual([stdout, code], ['', 2]);
      assert.match(stderr, /^[^\n]+\.\n$/);
    }
  });

  it('says that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    const { stderr, code } = await runToTheEnd('--port', String(address.port));
    server.close();
    assert.equal(code, 1);
    assert.match(stderr, /^Port \d+ of 127\.0\.0\.1 is taken; choose another one, or none for a free one\.\n$/);
  });
});
