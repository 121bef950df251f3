import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { environment } from './testing/test-service.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
/** The child keeps the tests' promise too: nothing leaves this machine. */
const LOOPBACK_ONLY = new URL('../scripts/loopback-only.ts', import.meta.url).href;
let directory: string;
before(() => (directory = mkdtempSync(join(tmpdir(), 'almasar-main-'))));
after(() => rmSync(directory, { recursive: true }));

/** The program itself, in a directory of its own, so that only the environment given here counts. */
function start(env: Record<string, string | undefined>, program = MAIN) {
  const child = spawn(process.execPath, ['--import', LOOPBACK_ONLY, program], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const heard = (text: string) => (output += text);
  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  return {
    child,
    output: () => output,
    until: async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = pattern.exec(output);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${output}`);
        await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
      }
    },
  };
}

test('the program under test cannot reach beyond this machine', { timeout: 10_000 }, async (t) => {
  const program = join(directory, 'leak.mjs');
  // TEST-NET-1 (RFC 5737) belongs to nobody.
  writeFileSync(program, "import net from 'node:net';\nnet.connect(9, '192.0.2.1');");
  const { child, output } = start({}, program);
  t.after(() => child.kill());
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 1);
  assert.match(output(), /tried to reach 192\.0\.2\.1/);
});

test('without settings it says what is missing, all together, and ends', async () => {
  const { child, output } = start({});
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 1);
  assert.match(output(), /6 problems/);
  assert.match(output(), /CRM_JWT_SECRET is missing\. Make one with/);
  assert.match(output(), /\.env\.example/);
  assert.doesNotMatch(output(), /^\s+at /m);
});

test('it reads .env, serves, and ends on SIGTERM', async () => {
  const settings = environment({
    PORT: '0',
    LOG_LEVEL: 'info',
    DATABASE_URL: 'sqlite:./made/here.db',
    // Nothing listens there: the account cannot be checked, which stops nothing.
    TWILIO_API_BASE_URL: 'http://127.0.0.1:1',
  });
  const lines = Object.entries(settings).map(([name, value]) => `${name}="${value}"`);
  writeFileSync(join(directory, '.env'), lines.join('\n'));
  const { child, output, until } = start({});
  const [, port] = await until(/"port":(\d+)/);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  assert.deepEqual(Object.keys((await health.json()) as object), ['status', 'version']);

  const second = start({ ...settings, PORT: port });
  const [code] = (await once(second.child, 'close')) as [number];
  assert.equal(code, 1);
  assert.match(second.output(), /port is in use.*PORT/);
  assert.doesNotMatch(second.output(), /^\s+at /m);

  await until(/the Twilio account could not be checked/);
  child.kill('SIGTERM');
  const [ended] = (await once(child, 'close')) as [number];
  assert.equal(ended, 0);
  for (const secret of [settings['TWILIO_AUTH_TOKEN']!, settings['TWILIO_API_SECRET']!, settings['CRM_JWT_SECRET']!]) {
    assert.ok(!output().includes(secret));
  }
});
