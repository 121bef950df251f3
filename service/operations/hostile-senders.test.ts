/** The program itself, over raw sockets: whoever sends slowly, too much or nonsense. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startProgram, type Program } from '../testing/program.ts';
import { environment } from '../testing/test-service.ts';

let directory: string;
let program: Program;
before(async () => {
  directory = mkdtempSync(join(tmpdir(), 'almasar-senders-'));
  const changes = { DATABASE_URL: 'sqlite:./calls.db', TWILIO_API_BASE_URL: 'http://127.0.0.1:1' };
  program = await startProgram(environment({ ...changes, LOG_LEVEL: 'info' }), directory);
});
after(async () => {
  program.child.kill('SIGINT');
  await program.ended;
  rmSync(directory, { recursive: true });
});

/** Sends this and listens: until the other side ends, or has answered and says no more. */
function exchange(text: string, { end = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(program.port, '127.0.0.1');
    let heard = '';
    const done = () => {
      socket.destroy();
      resolve(heard);
    };
    socket.setEncoding('latin1').on('data', (part: string) => {
      heard += part;
      socket.setTimeout(200, done);
    });
    socket.on('error', done).on('close', done);
    socket.write(text, 'latin1');
    if (end) socket.end();
  });
}

const statusOf = (heard: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(heard)?.[1]);
const post = (headers: string) =>
  `POST /api/calls/webhook/status HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n`;

test('500 connections that dribble a byte a second are cut within 15 seconds, and others are answered meanwhile', async () => {
  const began = performance.now();
  const lives = Array.from({ length: 500 }, (_, index) => {
    const socket = connect(program.port, '127.0.0.1');
    const beginning =
      index % 2 === 0 ? 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ' : post('Content-Length: 1000\r\n');
    socket.write(beginning);
    const dribble = setInterval(() => socket.write('x'), 1000);
    return new Promise<number>((resolve) => {
      socket.resume().on('error', () => {});
      socket.once('close', () => {
        clearInterval(dribble);
        resolve(performance.now() - began);
      });
    });
  });
  const cut = new AbortController();
  const ended = Promise.all(lives).finally(() => cut.abort());
  while (!cut.signal.aborted) {
    assert.equal((await fetch(`${program.url}/readyz`)).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const longest = Math.max(...(await ended));
  assert.ok(longest <= 15_000, `the last was cut after ${Math.round(longest)} ms`);
});

test('a body that is too large is refused before it is sent, and one that is longer than stated is no request', async () => {
  const announced = await exchange(post('Content-Length: 1000000000000\r\n'));
  assert.equal(statusOf(announced), 413);
  assert.match(announced, /payload-too-large/);

  const chunk = `${(16_384).toString(16)}\r\n${'x'.repeat(16_384)}\r\n`;
  assert.equal(statusOf(await exchange(post('Transfer-Encoding: chunked\r\n') + chunk.repeat(5))), 413);

  const lying = await exchange(`${post('Content-Length: 3\r\n')}a=bGET /healthz smuggled\r\n\r\n`);
  assert.equal(statusOf(lying), 403);
  assert.match(lying, /HTTP\/1\.1 400 /);
  assert.doesNotMatch(lying, /HTTP\/1\.1 [25]/);

  const shorter = await exchange(`${post('Content-Length: 100\r\n')}a=b`, { end: true });
  assert.ok(shorter === '' || statusOf(shorter) < 500, shorter);
  const both = await exchange(`${post('Content-Length: 3\r\nTransfer-Encoding: chunked\r\n')}a=b`);
  assert.equal(statusOf(both), 400);
});

const long = 'a'.repeat(15_000);

const REQUESTS: [string, string][] = [
  ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\n\r\n'],
  ['HTTP/0.9', 'GET /healthz\r\n\r\n'],
  ['HTTP/2 on a plain connection', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['a Host that is no host', 'GET /healthz HTTP/1.1\r\nHost: a b/c?d#e@f:x\r\n\r\n'],
  ['a Host with an unknown port', 'GET /api/calls HTTP/1.1\r\nHost: a:99999999\r\n\r\n'],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['nothing but line ends', '\r\n\r\n\r\n\r\n'],
  ...[
    'BREW',
    'TRACE',
    'TRACK',
    'CONNECT',
    'PROPFIND',
    'PURGE',
    'get',
    'HEAD',
    'OPTIONS',
    'DELETE',
    'QUERY',
    'LINK',
    'M-SEARCH',
  ].map((method): [string, string] => [method, `${method} /api/calls HTTP/1.1\r\nHost: a\r\n\r\n`]),
  ...[
    '*',
    '//',
    '///api/calls',
    '/%',
    '/%ff',
    '/api/calls/%ff',
    '/api/calls/%00',
    '/..%2f..%2fetc/passwd',
    '/../../..',
    '/chunks/..%2f..%2fpackage.json',
    'http://elsewhere.example/healthz',
    'http://[::bad/',
    '/?%',
    '/api/calls?search=%ff',
    '/api/calls/twiml/outbound?%%%',
    '/\\',
    '/a b',
    '/\xff',
    `/${long}`,
    `/${long}${long}`,
    `/${'/'.repeat(9000)}`,
    '?',
    '',
    '/phone?lang=%ff',
    '/phone/%2e%2e',
    '/sounds/%00.wav',
    '/healthz#x',
    'localhost:80',
  ].map((target): [string, string] => [
    `target ${target.slice(0, 40)}`,
    `GET ${target} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n\r\n`,
  ]),
  ['too many headers', `GET /healthz HTTP/1.1\r\nHost: a\r\n${'X-Many: 1\r\n'.repeat(3000)}\r\n`],
  ['a header without end', `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${long}${long}\r\n\r\n`],
  ['a header with a null', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Null: \0\r\n\r\n'],
  ['Expect', 'GET /healthz HTTP/1.1\r\nHost: a\r\nExpect: the unexpected\r\n\r\n'],
  ['an upgrade', 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['a range', 'GET /almasar-dialer.js HTTP/1.1\r\nHost: a\r\nRange: bytes=9-1,-0,x\r\n\r\n'],
  ['a body of a GET', 'GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde'],
  ['a length that is no number', post('Content-Length: 5e3\r\n')],
  ['two lengths', post('Content-Length: 5\r\nContent-Length: 6\r\n')],
];

for (const [name, text] of REQUESTS) {
  test(`never an error of ours: ${name}`, async () => {
    const heard = await exchange(text, { end: true });
    const statuses = [...heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
    assert.ok(
      statuses.every((status) => status < 500),
      heard,
    );
  });
}

test('after all that, it is as well as before, and has nothing to report', async () => {
  assert.equal((await fetch(`${program.url}/readyz`)).status, 200);
  assert.doesNotMatch(program.output(), /request failed/);
});
