import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { crmToken } from '../service-lab/http-request.ts';
import { placeCalls } from '../service-lab/placed-calls.ts';
import { cpuMicroseconds, median, rssMiB } from '../service-lab/process-figures.ts';
import { runProgram, runService, temporaryDirectory, type RunningProgram } from '../service-lab/running-program.ts';
import { labSettings } from '../service-lab/settings.ts';
import { compare, say } from './report.ts';

const CLIENTS = 10_000;
const PROCESSES = 2;

interface ClientsMessage {
  open?: number;
  refused?: string;
  mark?: string;
  at?: number;
  broken?: string;
}

interface Figures {
  kibEach: number;
  /** In the server, from the first stream to the last. */
  broadcastMs: number;
  cpuMs: number;
  lastClientMs: number;
}

/** The next message of each process that says what is waited for. */
async function each(clients: readonly ChildProcess[], key: keyof ClientsMessage): Promise<ClientsMessage[]> {
  return Promise.all(
    clients.map(async (client) => {
      for await (const [message] of on(client, 'message', { signal: AbortSignal.timeout(120_000) })) {
        const said = message as ClientsMessage;
        if (said.broken ?? said.refused) throw new Error(`Void: a client was lost (${said.broken ?? said.refused}).`);
        if (said[key] !== undefined) return said;
      }
      throw new Error('The clients ended.');
    }),
  );
}

interface StreamArm {
  name: string;
  program: RunningProgram;
  /** The request that opens the stream of a client, as text. */
  open: (index: number) => string;
  /** Makes the server tell every client something with this mark; milliseconds that it says it took. */
  broadcast: (mark: string) => Promise<number>;
}

async function measure({ name, program, open, broadcast }: StreamArm, rounds: number): Promise<Figures> {
  await delay(500);
  const before = rssMiB(program.pid);
  const clients = Array.from({ length: PROCESSES }, () => fork('scripts/bench-service/stream-clients.ts'));
  try {
    const opened = each(clients, 'open');
    for (const [part, client] of clients.entries()) {
      const requests = Array.from({ length: CLIENTS / PROCESSES }, (_, index) => open(index * PROCESSES + part));
      client.send({ port: program.port, requests });
    }
    await opened;
    await delay(3000);
    const kibEach = ((rssMiB(program.pid) - before) * 1024) / CLIENTS;
    const inServer: number[] = [];
    const cpu: number[] = [];
    const last: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const arrived = each(clients, 'mark');
      const begun = Date.now();
      const cpuBefore = cpuMicroseconds(program.pid);
      const ms = await broadcast(`bench-mark-${round + 1}`);
      const marks = await arrived;
      await delay(500);
      if (round === 0) continue;
      inServer.push(ms);
      cpu.push((cpuMicroseconds(program.pid) - cpuBefore) / 1000);
      last.push(Math.max(...marks.map(({ at }) => at!)) - begun);
    }
    const figures = { kibEach, broadcastMs: median(inServer), cpuMs: median(cpu), lastClientMs: median(last) };
    say(
      `${name.padEnd(30)}${kibEach.toFixed(1)} KiB a client; a broadcast: ${figures.broadcastMs.toFixed(1)} ms in the server, ` +
        `${figures.cpuMs.toFixed(0)} ms of processor time, last client has it after ${figures.lastClientMs.toFixed(0)} ms`,
    );
    return figures;
  } finally {
    for (const client of clients) client.kill();
  }
}

async function honoStream(rounds: number): Promise<Figures> {
  const program = await runProgram('scripts/bench-service/baselines/hono-stream.mjs', labSettings(), {
    core: 'server',
  });
  try {
    return await measure(
      {
        name: 'Hono streamSSE',
        program,
        open: () => 'GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
        async broadcast(mark) {
          const body = JSON.stringify({ note: mark, filling: 'x'.repeat(450) });
          const answer = await fetch(`${program.url}/broadcast`, { method: 'POST', body });
          return ((await answer.json()) as { ms: number }).ms;
        },
      },
      rounds,
    );
  } finally {
    await program.kill();
  }
}

/** Milliseconds that the service has spent so far handing news to its listeners, as its metrics say. */
async function toldMs(program: RunningProgram): Promise<number> {
  const metrics = await (await fetch(`${program.url}/metrics`)).text();
  return 1000 * Number(/^almasar_news_seconds_sum (\S+)$/m.exec(metrics)?.[1]);
}

async function ownStream(rounds: number): Promise<Figures> {
  const settings = labSettings({ DATABASE_URL: `sqlite:${temporaryDirectory()}/calls.db`, LOG_LEVEL: 'warn' });
  const program = await runService(settings, { core: 'server' });
  try {
    const [call] = await placeCalls(program.port, 1);
    const boss = crmToken({ sub: 'boss', role: 'supervisor' });
    return await measure(
      {
        name: 'GET /api/calls/events',
        program,
        // Supervisors hear of every call.
        open(index) {
          const bearer = crmToken({ sub: `supervisor${index}`, role: 'supervisor' });
          return `GET /api/calls/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${bearer}\r\n\r\n`;
        },
        async broadcast(mark) {
          const before = await toldMs(program);
          const answer = await fetch(`${program.url}/api/calls/${call!.callId}`, {
            method: 'PATCH',
            headers: { authorization: `Bearer ${boss}`, 'content-type': 'application/json' },
            body: JSON.stringify({ note: mark }),
          });
          if (!answer.ok) throw new Error(`Void: the change was answered ${answer.status}.`);
          return (await toldMs(program)) - before;
        },
      },
      rounds,
    );
  } finally {
    await program.kill();
  }
}

/** Budget 12: ten thousand idle clients, and one change that all of them hear. */
export async function benchEventStreams(rounds: number): Promise<void> {
  const theirs = await honoStream(rounds);
  const ours = await ownStream(rounds);
  compare({
    budget: 12,
    what: 'memory of an idle client',
    ours: ours.kibEach,
    theirs: theirs.kibEach,
    unit: ' KiB',
    digits: 1,
    limit: 0.75,
    most: 2,
  });
  compare({
    budget: 12,
    what: 'a broadcast to 10,000, in the server',
    ours: ours.broadcastMs,
    theirs: theirs.broadcastMs,
    unit: ' ms',
    digits: 1,
    limit: 0.1,
    most: 1,
  });
}
