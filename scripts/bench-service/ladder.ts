import { bundlePrograms } from '../build/service-bundle.ts';
import { runProgram, SHIPPED, temporaryDirectory, type RunningProgram } from '../service-lab/running-program.ts';
import { say } from './report.ts';
import type { Arm, ArmFigures } from './side-by-side.ts';

/** What the service stands on, by name: a server and steps of floor.ts, each rung with one more. */
export type Rungs = Record<string, string>;

let built: Promise<string> | undefined;

/** floor.ts, bundled as the service is. */
function floorProgram(): Promise<string> {
  built ??= (async () => {
    // Within the project, whose packages it may ask for.
    const directory = temporaryDirectory();
    await bundlePrograms(['scripts/bench-service/floor.ts'], 'scripts/bench-service', directory);
    return `${directory}/floor.js`;
  })();
  return built;
}

export async function runFloor(floor: string, settings: Record<string, string>): Promise<RunningProgram> {
  const environment = { ...settings, FLOOR: floor, FLOOR_FILE: `${temporaryDirectory()}/floor.db` };
  return runProgram(await floorProgram(), environment, { core: 'server', nodeArguments: SHIPPED });
}

/** Each rung as an arm that is asked the same as the service. */
export async function floorArms(
  rungs: Rungs,
  settings: Record<string, string>,
  requests: Arm['requests'],
): Promise<Arm[]> {
  const arms: Arm[] = [];
  for (const [name, floor] of Object.entries(rungs)) {
    arms.push({ name, program: await runFloor(floor, settings), requests, quiet: true });
  }
  return arms;
}

/** Prints what each rung costs, from the lowest to the service itself. */
export function printLadder(rungs: readonly (ArmFigures & { name: string })[]): void {
  say(`${'What it stands on'.padEnd(60)}    µs      /s   MiB`);
  for (const { name, cpuMicrosecondsEach, perSecond, rssMiB } of rungs) {
    const [cost, rate, memory] = [cpuMicrosecondsEach, perSecond, rssMiB].map((figure) => figure.toFixed(0));
    say(`  ${name.padEnd(58)}${cost!.padStart(6)}${rate!.padStart(8)}${memory!.padStart(6)}`);
  }
}
