import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, summaryReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { ensureChromium, QUIET_FLAGS } from './scripts/chromium.ts';
import { tallyReporter } from './scripts/tally-reporter.ts';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: 'widget/**/*.browser.test.ts',
  nodeResolve: { exportConditions: ['production'] },
  // A tab behind another one gets no frames and no focus.
  concurrency: 1,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', define: { __VERSION__: '"test"' } })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: ensureChromium(), args: QUIET_FLAGS } })],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    summaryReporter(),
    tallyReporter(),
  ],
  // Some tests go through every face; a busy machine is no failure, a test that hangs still is.
  testFramework: { config: { timeout: 20_000 } },
};
