/**
 * `npm test`: all tests, with their set-up (build, Chromium, PostgreSQL). Every runner runs whatever the others found;
 * the last line adds them up: `N passed, N failed`. The exit code is 0 only when nothing failed.
 */
import { globSync } from 'node:fs';
import { startPostgres } from '../service/testing/postgres.ts';
import { ensureChromium } from './chromium.ts';
import { ensurePostgres } from './postgres.ts';
import { must, run, type RunResult } from './run.ts';

interface Tally {
  passed: number;
  failed: number;
}

const NODE_TESTS = globSync('{widget,service,demo,scripts}/**/*.test.ts').filter(
  (path) => !path.endsWith('.browser.test.ts') && !path.startsWith('demo/e2e/'),
);
/** What keeps or reads something: run once more with PostgreSQL behind it. */
const STORAGE_TESTS = globSync('service/{.,api,carrier,crm,storage}/*.test.ts').filter(
  // These are about one engine, and choose it themselves.
  (path) => !/\/(?:sqlite|postgres)[a-z-]*\.test\.ts$/.test(path),
);
const END_TO_END = globSync('demo/e2e/**/*.test.ts');

const ANSI = new RegExp(String.raw`\u001b\[[0-9;]*[A-Za-z]`, 'g');

/** A count such as `# pass 12` in a runner's own summary; a runner that printed none has not run. */
function count(output: string, pattern: RegExp): number | undefined {
  const found = [...output.replace(ANSI, '').matchAll(pattern)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

function tally(name: string, result: RunResult, passed: RegExp, failed: RegExp): Tally {
  const tally = { passed: count(result.output, passed) ?? 0, failed: count(result.output, failed) ?? 0 };
  // A crash before the summary, or a failure outside any test, must not look green.
  if (tally.passed === 0 || (result.exitCode !== 0 && tally.failed === 0)) tally.failed += 1;
  process.stdout.write(`\n${name}: ${tally.passed} passed, ${tally.failed} failed\n\n`);
  return tally;
}

async function nodeTests(name: string, files: string[], concurrency: number, timeout: number): Promise<Tally> {
  const options = ['--test', '--test-reporter=spec', `--test-concurrency=${concurrency}`, `--test-timeout=${timeout}`];
  const guard = ['./scripts/loopback-only.ts', './scripts/end-after-tests.ts'].flatMap((each) => ['--import', each]);
  const result = await run(process.execPath, [...guard, ...options, ...files]);
  return tally(name, result, /^ℹ pass (\d+)/gm, /^ℹ fail (\d+)/gm);
}

async function browserTests(): Promise<Tally> {
  const result = await run('wtr', []);
  return tally(
    'Browser tests',
    result,
    /^Tally of the browser: (\d+) passed/gm,
    /^Tally of the browser: \d+ passed, (\d+) failed/gm,
  );
}

const chromium = ensureChromium();
process.env['CHROME_PATH'] = chromium;
await must(process.execPath, ['scripts/ensure-built.ts']);

const only = process.argv[2];
const tallies: Tally[] = [];
if (!only || only === 'unit') {
  // One server for all files, each test with a database of its own on it.
  if (!process.env['TEST_POSTGRES_URL']) {
    ensurePostgres();
    process.env['TEST_POSTGRES_URL'] = (await startPostgres()).url;
  }
  tallies.push(await nodeTests('Unit and service tests', NODE_TESTS, 2, 120_000));
  process.env['TEST_ENGINE'] = 'postgres';
  tallies.push(await nodeTests('Service tests on PostgreSQL', STORAGE_TESTS, 2, 120_000));
  delete process.env['TEST_ENGINE'];
}
if (!only || only === 'browser') tallies.push(await browserTests());
if (!only || only === 'e2e') tallies.push(await nodeTests('End-to-end tests', END_TO_END, 1, 240_000));

const passed = tallies.reduce((sum, each) => sum + each.passed, 0);
const failed = tallies.reduce((sum, each) => sum + each.failed, 0);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
