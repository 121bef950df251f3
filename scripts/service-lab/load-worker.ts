/** The load, in a process of its own: sends requests over bare sockets and counts every answer. Started by load.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';

export interface LoadJob {
  port: number;
  connections: number;
  /** As fast as they are answered when absent. */
  perSecond?: number;
  /** Stands in every answer, or it does not count as one. */
  expect?: string;
  requestsFile: string;
  resultFile: string;
  /** How long one request may wait for its answer, in milliseconds. */
  patienceMs: number;
}

const job = JSON.parse(process.argv[2]!) as LoadJob;
const requests: Buffer[] = [];
const all = readFileSync(job.requestsFile);
for (let at = 0; at < all.length;) {
  const length = all.readUInt32LE(at);
  requests.push(all.subarray(at + 4, at + 4 + length));
  at += 4 + length;
}

const statuses = new Uint16Array(requests.length);
const latencies = new Float32Array(requests.length);
const UNEXPECTED = 999;
/** Nobody listened: nothing was sent, so nothing was lost. */
const NOT_SENT = 1;
let sent = 0;
let answered = 0;
let begun = 0;

interface Line {
  socket: Socket | undefined;
  index: number;
  from: number;
  pending: Buffer | undefined;
}

/** Bytes of the answer at the beginning of `data`; 0 while it is not whole. */
function answerLength(data: Buffer): number {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const head = data.toString('latin1', 0, end + 2);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length) {
    const whole = end + 4 + Number(length[1]);
    return data.length >= whole ? whole : 0;
  }
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const last = data.indexOf('\r\n0\r\n\r\n', end + 2);
    return last < 0 ? 0 : last + 7;
  }
  return end + 4;
}

function finish(): void {
  const wall = performance.now() - begun;
  const head = Buffer.alloc(8);
  head.writeDoubleLE(wall);
  writeFileSync(job.resultFile, Buffer.concat([head, Buffer.from(statuses.buffer), Buffer.from(latencies.buffer)]));
  process.exit(0);
}

const idle: Line[] = [];

function note(line: Line, status: number): void {
  statuses[line.index] = status;
  latencies[line.index] = performance.now() - line.from;
  line.index = -1;
  answered += 1;
  if (answered === requests.length) finish();
  next(line);
}

function heard(line: Line, chunk: Buffer): void {
  const data = line.pending ? Buffer.concat([line.pending, chunk]) : chunk;
  const length = answerLength(data);
  if (length === 0 || line.index < 0) {
    line.pending = data;
    return;
  }
  line.pending = undefined;
  const status = Number(data.toString('latin1', 9, 12));
  const good = job.expect === undefined || data.includes(job.expect);
  if (/\r\nconnection: *close/i.test(data.toString('latin1', 0, data.indexOf('\r\n\r\n') + 2))) {
    line.socket
      ?.removeAllListeners()
      .on('error', () => {})
      .destroy();
    line.socket = undefined;
  }
  note(line, good ? status : status >= 200 && status < 300 ? UNEXPECTED : status);
}

function lost(line: Line, status = 0): void {
  line.socket
    ?.removeAllListeners()
    .on('error', () => {})
    .destroy();
  line.socket = undefined;
  line.pending = undefined;
  if (line.index >= 0) setTimeout(() => note(line, status), 5);
}

function open(line: Line): Socket {
  const socket = connect(job.port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.setTimeout(job.patienceMs, () => lost(line));
  socket.on('data', (chunk: Buffer) => heard(line, chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => lost(line, error.code === 'ECONNREFUSED' ? NOT_SENT : 0));
  socket.on('close', () => lost(line));
  line.socket = socket;
  return socket;
}

function send(line: Line, from: number): void {
  line.index = sent;
  line.from = from;
  sent += 1;
  (line.socket ?? open(line)).write(requests[line.index]!);
}

function next(line: Line): void {
  if (job.perSecond === undefined && sent < requests.length) send(line, performance.now());
  else idle.push(line);
}

begun = performance.now();
const lines = Array.from({ length: job.connections }, (): Line => ({
  socket: undefined,
  index: -1,
  from: 0,
  pending: undefined,
}));
if (job.perSecond === undefined) {
  for (const line of lines) next(line);
} else {
  const gap = 1000 / job.perSecond;
  idle.push(...lines);
  // From when it was due, not from when it could be sent: a server that stalls is not flattered by a load that waits.
  setInterval(() => {
    for (let due = begun + sent * gap; due <= performance.now() && sent < requests.length; due = begun + sent * gap) {
      const line = idle.pop();
      if (!line) return;
      send(line, due);
    }
  }, 1);
}
