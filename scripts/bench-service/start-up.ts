import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { crmToken } from '../service-lab/http-request.ts';
import { median, rssMiB } from '../service-lab/process-figures.ts';
import { runProgram, runService, temporaryDirectory, type RunningProgram } from '../service-lab/running-program.ts';
import { spawnNode } from '../service-lab/pinned.ts';
import { labSettings } from '../service-lab/settings.ts';
import { runFloor } from './ladder.ts';
import { compare, say } from './report.ts';

interface Start {
  ms: number;
  rss: number;
}

/** From the start of the process to the end of its first answer, which must be a good one. */
async function firstAnswer(start: () => Promise<RunningProgram>, method: string, path: string): Promise<Start> {
  const bearer = crmToken({ sub: 'agent' });
  const begun = performance.now();
  const program = await start();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: program.port, method, path, agent: false });
    asked.setHeader('authorization', `Bearer ${bearer}`);
    asked.on('error', reject);
    asked.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode)));
    asked.end();
  });
  const ms = performance.now() - begun;
  if (status !== 200 && status !== 204) throw new Error(`Void: the first answer was ${status}.\n${program.output()}`);
  await delay(200);
  const rss = rssMiB(program.pid);
  await program.kill();
  return { ms, rss };
}

/** Node itself: its start and its end, and what it holds. */
async function bareNode(): Promise<Start> {
  const begun = performance.now();
  const node = spawnNode('server', ['-p', 'process.memoryUsage.rss()'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let bytes = '';
  node.stdout!.on('data', (data) => (bytes += data));
  await once(node, 'close');
  return { ms: performance.now() - begun, rss: Number(bytes) / 1024 ** 2 };
}

/** Budget 11: how soon a restarted process answers a token, and what it holds then. */
export async function benchStartUp(rounds: number): Promise<void> {
  const directory = temporaryDirectory();
  const settings = labSettings({ DATABASE_URL: `sqlite:${directory}/calls.db` });
  const arms = {
    'Express + twilio, quickstart shape': () =>
      firstAnswer(
        () => runProgram('scripts/bench-service/baselines/express-token.mjs', settings, { core: 'server' }),
        'GET',
        '/token',
      ),
    'the service': () => firstAnswer(() => runService(settings, { core: 'server' }), 'POST', '/api/calls/token'),
    'Node, which says what it holds and ends': bareNode,
    'node:http alone, bundled': () => firstAnswer(() => runFloor('http', settings), 'POST', '/'),
    '@hono/node-server alone, bundled': () => firstAnswer(() => runFloor('hono', settings), 'POST', '/'),
  };
  const starts: Start[][] = Object.keys(arms).map(() => []);
  // The first makes the database, and fills the system's cache of files.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, [, arm]] of Object.entries(arms).entries()) {
      const start = await arm();
      if (round > 0) starts[index]!.push(start);
    }
  }
  const medians = starts.map((each) => ({
    ms: median(each.map(({ ms }) => ms)),
    rss: median(each.map(({ rss }) => rss)),
  }));
  for (const [index, name] of Object.keys(arms).entries()) {
    const times = starts[index]!.map(({ ms }) => ms);
    const { ms, rss } = medians[index]!;
    const range = `(${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)})`;
    say(`${name.padEnd(46)}${ms.toFixed(0).padStart(6)} ms  ${range.padEnd(12)}${rss.toFixed(0).padStart(6)} MiB`);
  }
  const [theirs, ours] = medians;
  compare({
    budget: 11,
    what: 'process start to first answer',
    ours: ours!.ms,
    theirs: theirs!.ms,
    unit: ' ms',
    limit: 0.45,
    most: 2,
  });
  compare({
    budget: 11,
    what: 'memory after it',
    ours: ours!.rss,
    theirs: theirs!.rss,
    unit: ' MiB',
    limit: 0.85,
    most: 2,
  });
}
