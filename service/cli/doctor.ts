/** `npm run doctor`: whether settings, database, Twilio account, public address and clock let calls work; with remedies. */
import { existsSync, readFileSync } from 'node:fs';
import { ConfigError, parseConfig, type Config } from '../config.ts';
import { diagnose } from '../operations/diagnosis/diagnose.ts';
import type { Finding } from '../operations/diagnosis/finding.ts';

if (existsSync('.env')) process.loadEnvFile('.env');

const MARKS: Record<Finding['status'], string> = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' };

function say({ status, what, text }: Finding): void {
  process.stdout.write(`${MARKS[status]}  ${what}: ${text}\n`);
}

function settings(): Config | undefined {
  try {
    return parseConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const text of error.problems) say({ status: 'failed', what: 'settings', text });
    return undefined;
  }
}

const config = settings();
if (config) {
  say({ status: 'ok', what: 'settings', text: 'All are there, and can be right.' });
  const root = new URL(import.meta.url.endsWith('.ts') ? '../../' : '../../../', import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  for await (const finding of diagnose(config, version)) {
    say(finding);
    if (finding.status === 'failed') process.exitCode = 1;
  }
} else {
  process.exitCode = 1;
}
