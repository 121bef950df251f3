import { spawn } from 'node:child_process';

export interface RunResult {
  exitCode: number;
  output: string;
}

/** Runs a program of this project with its output shown as it comes, and kept. Never throws for a failing program. */
export function run(command: string, args: string[], environment: Record<string, string> = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.setEncoding('utf8');
      from.on('data', (text: string) => {
        output += text;
        to.write(text);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 1, output });
    });
  });
}

/** `run`, for a step that the next ones need: ends the process when it fails. */
export async function must(command: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  const { exitCode } = await run(command, args, environment);
  if (exitCode !== 0) process.exit(exitCode);
}
