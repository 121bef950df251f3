import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The server has one core for itself, the load the other; 'any' where it does not matter. */
export type Core = 'server' | 'load' | 'any';

const canPin = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Whether programs are kept apart; without it the figures of one influence the other's. */
export const pinning = canPin ? 'server and load on a core each' : 'not pinned (no taskset, or one core)';

/** Starts this Node with arguments, on a core. */
export function spawnNode(core: Core, args: readonly string[], options: SpawnOptions): ChildProcess {
  if (!canPin || core === 'any') return spawn(process.execPath, args, options);
  return spawn('taskset', ['-c', core === 'server' ? '1' : '0', process.execPath, ...args], options);
}
