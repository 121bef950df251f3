/**
 * `npm run bench:service`: what the service costs, side by side in one run with what one would write otherwise, against
 * the budgets 7-12. `-- --only 9` measures one of them.
 *
 * How: the service as it is shipped (dist/service/main.js) and small honest programs in bench-service/baselines, over
 * HTTP on loopback; the server on one core, the load on another (taskset); the arms in turn within each round, median of
 * the rounds. Every answer is counted, and one that is not 2xx makes the run void. It prints MISSED where a budget is
 * not met, and fails where a figure is BROKEN (worse than the ceiling beside it) or could not be measured. Figures of a
 * busy machine are worth their ratios only.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchCallLogs } from './bench-service/call-logs.ts';
import { benchEventStreams } from './bench-service/event-streams.ts';
import { benchIngest } from './bench-service/ingest.ts';
import { notMeasured, summary, title } from './bench-service/report.ts';
import { benchStartUp } from './bench-service/start-up.ts';
import { benchToken } from './bench-service/token.ts';
import { benchTwiml } from './bench-service/twiml.ts';
import { must } from './run.ts';
import { pinning } from './service-lab/pinned.ts';

const ROUNDS = 5;
const STARTS = 9;

const { values } = parseArgs({ options: { only: { type: 'string' } } });

/** The log's own measurement lies beside this file. */
async function benchLog(): Promise<void> {
  const file = new URL('bench-service/call-log.ts', import.meta.url);
  if (!existsSync(file))
    return notMeasured(10, 'call log of 1,000,000 calls', 'bench-service/call-log.ts is not there');
  await benchCallLogs(file);
}

const BUDGETS: Record<string, [what: string, bench: () => Promise<void>]> = {
  7: ['Access tokens', () => benchToken(ROUNDS)],
  8: ['TwiML', () => benchTwiml(ROUNDS)],
  9: ['Durable events', () => benchIngest(ROUNDS)],
  10: ['The call log', benchLog],
  11: ['Start', () => benchStartUp(STARTS)],
  12: ['Event streams', () => benchEventStreams(ROUNDS)],
};

await must(process.execPath, ['scripts/ensure-built.ts']);
title(`The service beside its baselines: ${pinning}.`);
for (const [budget, [what, bench]] of Object.entries(BUDGETS)) {
  if (values.only !== undefined && values.only !== budget) continue;
  title(`${budget}. ${what}`);
  await bench().catch((error: unknown) => {
    notMeasured(Number(budget), what, error instanceof Error ? error.message : String(error));
  });
}
process.exit(summary() ? 0 : 1);
