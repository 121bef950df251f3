import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../demo/e2e/free-port.ts';
import { spawnNode, type Core } from './pinned.ts';

export interface RunningProgram {
  url: string;
  port: number;
  pid: number;
  /** Milliseconds from its start until its port was open. */
  openedAfterMs: number;
  /** All that it has written so far. */
  output(): string;
  running(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** At once, as a power cut ends it. */
  kill(): Promise<void>;
  /** As an operator ends it (SIGTERM); what came back is its exit code, null when it had to be killed after 20 s. */
  stop(): Promise<number | null>;
}

export interface ProgramOptions {
  core?: Core;
  /** A free one unless given. */
  port?: number;
  /** Arguments of Node before the program. */
  nodeArguments?: readonly string[];
  /** How long it may take until its port is open, in milliseconds. */
  patienceMs?: number;
}

const directories: string[] = [];
process.once('exit', () => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** A directory that goes when this process ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'almasar-lab-'));
  directories.push(directory);
  return directory;
}

/** What still runs ends with this process. */
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Whether somebody listens there: asked by a bare connection, which costs the program nothing. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

/** A program of Node's in a process of its own, with this environment alone. It has PORT, and writes into a file. */
export async function runProgram(
  program: string,
  environment: Record<string, string>,
  { core = 'any', port, nodeArguments = [], patienceMs = 20_000 }: ProgramOptions = {},
): Promise<RunningProgram> {
  const taken = port ?? (await freePort());
  const directory = temporaryDirectory();
  const file = join(directory, 'output');
  const output = openSync(file, 'a');
  const begun = performance.now();
  const child = spawnNode(core, [...nodeArguments, program], {
    cwd: process.cwd(),
    env: { PATH: process.env['PATH'], PORT: String(taken), ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  children.add(child);
  void ended.then(() => children.delete(child));
  const running = () => child.exitCode === null && child.signalCode === null;
  while (!(await isOpen(taken))) {
    if (!running() || performance.now() - begun > patienceMs) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not start:\n${readFileSync(file, 'utf8')}`);
    }
    await delay(2);
  }
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    pid: child.pid!,
    openedAfterMs: performance.now() - begun,
    output: () => readFileSync(file, 'utf8'),
    running,
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      const [code] = await ended;
      clearTimeout(late);
      return code;
    },
  };
}

/** As `npm start` and the Dockerfile start it, but for source maps, which cost memory and no time. */
export const SHIPPED = ['--max-semi-space-size=4'];

/** The service as it is shipped. */
export function runService(environment: Record<string, string>, options?: ProgramOptions): Promise<RunningProgram> {
  const nodeArguments = [...SHIPPED, ...(options?.nodeArguments ?? [])];
  return runProgram('dist/service/main.js', environment, { ...options, nodeArguments });
}
