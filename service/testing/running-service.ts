import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** The program keeps the tests' promise too: nothing leaves this machine. */
const LOOPBACK_ONLY = new URL('../../scripts/loopback-only.ts', import.meta.url).href;

export interface RunningService {
  url: string;
  /** At once and without a word, as a power cut ends it (SIGKILL). */
  kill(): Promise<void>;
  /** As an operator ends it (SIGTERM). */
  stop(): Promise<void>;
}

/** The program itself as a process of its own, on a free port. Rejects with its output when it does not listen. */
export async function runService(
  environment: Record<string, string | undefined>,
  directory: string,
): Promise<RunningService> {
  const env = { ...environment, PORT: environment['PORT'] ?? '0', LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, ['--import', LOOPBACK_ONLY, MAIN], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const heard = (text: string) => {
      output += text;
      const found = /"port":(\d+)/.exec(output);
      if (!found) return;
      child.stdout.off('data', heard).resume();
      resolve(found[1]!);
    };
    child.stdout.setEncoding('utf8').on('data', heard);
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('close', () => reject(new Error(`The service ended: ${output}`)));
  });
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await ended;
  }
  return { url: `http://127.0.0.1:${port}`, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
