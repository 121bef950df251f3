import type { Reporter, TestSuiteResult } from '@web/test-runner';

function count(suite: TestSuiteResult | undefined): { passed: number; failed: number } {
  const total = { passed: 0, failed: 0 };
  for (const test of suite?.tests ?? []) {
    // A skipped test has not passed: nothing is skipped silently.
    if (test.passed) total.passed += 1;
    else total.failed += 1;
  }
  for (const inner of suite?.suites ?? []) {
    const { passed, failed } = count(inner);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/** Adds up the browser tests in one line, which scripts/test.ts reads. A file that broke counts as a failure. */
export function tallyReporter(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      let passed = 0;
      let failed = 0;
      for (const session of sessions) {
        const own = count(session.testResults);
        passed += own.passed;
        failed += own.failed + (own.failed === 0 && session.errors.length > 0 ? 1 : 0);
      }
      process.stdout.write(`\nTally of the browser: ${passed} passed, ${failed} failed\n`);
    },
  };
}
