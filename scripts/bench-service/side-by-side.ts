import { loadAllGood } from '../service-lab/load.ts';
import { cpuMicroseconds, median, quantile, rssMiB } from '../service-lab/process-figures.ts';
import type { RunningProgram } from '../service-lab/running-program.ts';
import { say } from './report.ts';

/** One of the programs that are compared, and what it is asked in a round. */
export interface Arm {
  name: string;
  program: RunningProgram;
  /** What a round needs is made here, before it is timed. */
  requests: (round: number) => Promise<readonly Buffer[]> | readonly Buffer[];
  expect?: string;
  /** Its rounds are not printed. */
  quiet?: boolean;
}

export interface ArmFigures {
  perSecond: number;
  cpuMicrosecondsEach: number;
  /** After the last round. */
  rssMiB: number;
}

/** The arms in turn within each round, each at its full speed; medians. One answer that is not 2xx makes the run void. */
export async function sideBySide(arms: readonly Arm[], rounds: number, connections = 32): Promise<ArmFigures[]> {
  const rates = arms.map(() => [] as number[]);
  const costs = arms.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { name, program, requests, expect, quiet }] of arms.entries()) {
      const asked = await requests(round);
      const before = cpuMicroseconds(program.pid);
      const { wallMs, latencies } = await loadAllGood(program.port, asked, { connections, ...(expect && { expect }) });
      // The first round warms up.
      if (round === 0) continue;
      const perSecond = (1000 * asked.length) / wallMs;
      const cost = (cpuMicroseconds(program.pid) - before) / asked.length;
      rates[index]!.push(perSecond);
      costs[index]!.push(cost);
      if (quiet) continue;
      const times = `p50 ${quantile(latencies, 0.5).toFixed(2)} ms, p99 ${quantile(latencies, 0.99).toFixed(2)} ms`;
      say(`${name.padEnd(46)}${perSecond.toFixed(0).padStart(8)}/s  ${cost.toFixed(1).padStart(6)} µs  ${times}`);
    }
  }
  return arms.map(({ program }, index) => ({
    perSecond: median(rates[index]!),
    cpuMicrosecondsEach: median(costs[index]!),
    rssMiB: rssMiB(program.pid),
  }));
}
