import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

export interface DemoProcess {
  url: string;
  /** Everything the terminal has shown so far. */
  terminal(): string;
  /** Stops it as Ctrl-C does, and throws if it did not end well or tried to leave the machine. */
  stop(): Promise<void>;
}

/** `npm run demo` as a person runs it: the real process on a port of its own with a database of its own. */
export async function startDemoProcess(environment: Record<string, string> = {}): Promise<DemoProcess> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'almasar-e2e-'));
  const child = spawn(process.execPath, ['--import', './scripts/loopback-only.ts', 'demo/main.ts'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: `sqlite:${join(directory, 'demo.db')}`, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let terminal = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (terminal += text));
  }
  const url = `http://localhost:${port}`;
  const ended = once(child, 'close') as Promise<[number | null]>;

  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The demo did not start:\n${terminal}`);
    }
    await delay(50);
  }

  return {
    url,
    terminal: () => terminal,
    async stop() {
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      const [code] = await ended;
      clearTimeout(late);
      rmSync(directory, { recursive: true, force: true });
      if (code !== 0 || /tried to reach/.test(terminal))
        throw new Error(`The demo ended badly (${code}):\n${terminal}`);
    },
  };
}
