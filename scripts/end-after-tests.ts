/**
 * Loaded into Node's test processes by `--import`: a file ends once its tests are over, though one of them that failed has
 * left something open; else it, and every file after it, would wait for ever. What is still open then is a failure too.
 * (`--test-force-exit` does not wait until results are written: the last ones of a file are lost.)
 */
import { after } from 'node:test';

/** For the file's own clearing up. */
const PATIENCE_MS = 20_000;

if (process.env['NODE_TEST_CONTEXT']?.startsWith('child')) {
  after(() => {
    setTimeout(() => {
      process.stderr.write(`Still open after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`);
      process.exit(1);
    }, PATIENCE_MS).unref();
  });
}
