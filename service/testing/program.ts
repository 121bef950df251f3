import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** The program keeps the tests' promise too: nothing leaves this machine. */
const LOOPBACK_ONLY = new URL('../../scripts/loopback-only.ts', import.meta.url).href;

export interface Program {
  url: string;
  port: number;
  child: ChildProcess;
  /** All that it wrote so far. */
  output: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

/** The service as a process of its own, in `directory`, on a free port. Rejects with its output when it does not listen. */
export async function startProgram(
  environment: Record<string, string | undefined>,
  directory: string,
): Promise<Program> {
  const env = { LOG_LEVEL: 'info', ...environment, PORT: '0' };
  const child = spawn(process.execPath, ['--import', LOOPBACK_ONLY, MAIN], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  for (;;) {
    const port = Number(/"port":(\d+)/.exec(output)?.[1]);
    if (port) return { url: `http://127.0.0.1:${port}`, port, child, output: () => output, ended };
    if (child.exitCode !== null) throw new Error(`The service ended: ${output}`);
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
}
