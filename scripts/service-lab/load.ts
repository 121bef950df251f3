import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadJob } from './load-worker.ts';
import { spawnNode } from './pinned.ts';
import { temporaryDirectory } from './running-program.ts';

export interface LoadResult {
  /** Of every request, in the order given: HTTP status; 0 when the connection broke, 1 when nobody listened, 999 for an answer of another content. */
  statuses: Uint16Array;
  /** Milliseconds until the whole answer was there. */
  latencies: Float32Array;
  wallMs: number;
}

export type LoadOptions = Partial<Pick<LoadJob, 'connections' | 'perSecond' | 'expect' | 'patienceMs'>>;

const directory = temporaryDirectory();
let number = 0;

/** Sends every request once, from another process on a core of its own. */
export async function load(port: number, requests: readonly Buffer[], options: LoadOptions = {}): Promise<LoadResult> {
  number += 1;
  const requestsFile = join(directory, `requests-${number}`);
  const resultFile = join(directory, `result-${number}`);
  const parts = requests.flatMap((request) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(request.length);
    return [length, request];
  });
  writeFileSync(requestsFile, Buffer.concat(parts));
  const job: LoadJob = { connections: 32, patienceMs: 30_000, ...options, port, requestsFile, resultFile };
  const child = spawnNode('load', ['scripts/service-lab/load-worker.ts', JSON.stringify(job)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The load ended with ${code}.`);
  const result = readFileSync(resultFile);
  for (const file of [requestsFile, resultFile]) rmSync(file);
  const bytes = result.buffer.slice(result.byteOffset, result.byteOffset + result.length);
  const statuses = new Uint16Array(bytes.slice(8, 8 + 2 * requests.length));
  const latencies = new Float32Array(bytes.slice(8 + 2 * requests.length));
  return { statuses, latencies, wallMs: result.readDoubleLE() };
}

/** How often each status came: `204: 5000, 503: 12`. */
export function tally(statuses: Iterable<number>): string {
  const counts = new Map<number, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}

/** The same, for a measurement that is void when one answer is not 2xx. */
export async function loadAllGood(...parameters: Parameters<typeof load>): Promise<LoadResult> {
  const result = await load(...parameters);
  if (result.statuses.some((status) => status < 200 || status > 299)) {
    throw new Error(`Void: answers other than 2xx (${tally(result.statuses)}).`);
  }
  return result;
}
