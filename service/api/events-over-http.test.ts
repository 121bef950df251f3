/** Event streams as a server sends them, straight to its connections. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { listen, type ListeningServer } from '../server.ts';
import { crmToken, startTestService, type TestService } from '../testing/test-service.ts';

let service: TestService;
let server: ListeningServer;
before(async () => {
  service = await startTestService();
  server = await listen(service.app, 0, '127.0.0.1');
});
after(async () => {
  service.drain();
  await server.close(500);
  await service.remove();
});

/** A connection that has asked for the agent's events and was answered. */
async function open(sub: string): Promise<{ socket: Socket; head: string }> {
  const bearer = await crmToken({ sub, role: 'supervisor' });
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`GET /api/calls/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${bearer}\r\n\r\n`);
  let head = '';
  while (!head.includes('event: phone')) {
    head += await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  }
  return { socket, head };
}

async function streamsOpen(): Promise<number> {
  const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  return Number(/^almasar_event_streams (\d+)$/m.exec(metrics)![1]);
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await delay(10);
}

test('a stream opens with the headers of every answer and those of its own', async () => {
  const { head } = await open('lina');
  assert.match(head, /^HTTP\/1\.1 200 /);
  for (const header of ['x-request-id: ', 'x-content-type-options: nosniff', 'content-type: text/event-stream']) {
    assert.match(head.toLowerCase(), new RegExp(`^${header}`, 'm'));
  }
  assert.match(head, /retry: 1000\n: connected\n\n/);
});

test('a reader who leaves is forgotten', async () => {
  const before = await streamsOpen();
  const { socket } = await open('karim');
  assert.equal(await streamsOpen(), before + 1);
  socket.destroy();
  await until(async () => (await streamsOpen()) === before);
});

test('on a node that is about to end the streams are ended', async () => {
  const { socket } = await open('mona');
  let rest = '';
  socket.on('data', (data) => (rest += data.toString()));
  service.drain();
  await until(() => rest.endsWith('0\r\n\r\n'));
});
