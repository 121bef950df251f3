import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { test } from 'node:test';
import { ResponseSink } from './event-sink.ts';
import { EventStream } from './event-stream.ts';

/** A response over a connection whose other end takes so many writes and no more. */
function responseTo(takes: number) {
  let taken = '';
  const connection = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      if (takes === 0) return;
      takes -= 1;
      taken += chunk.toString();
      done();
    },
  });
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  response.assignSocket(connection as Socket);
  return { response, taken: () => taken };
}

function streamTo(response: ServerResponse): EventStream {
  const keeper = { onDue: (stream: EventStream) => stream.flush(), onEnd: () => {} };
  return new EventStream(new ResponseSink(response), keeper);
}

const message = Buffer.from(`data: ${'x'.repeat(1000)}\n\n`);

test('a reader that takes nothing is cut off when it is 256 messages behind', () => {
  const stream = streamTo(responseTo(3).response);
  let sent = 0;
  while (!stream.ended && sent < 1000) {
    stream.send(message);
    sent += 1;
  }
  // Some fit into the connection's own buffer.
  assert.ok(sent > 256 && sent < 400, String(sent));
});

test('one that takes what it is sent is never behind', async () => {
  const { response, taken } = responseTo(Infinity);
  const stream = streamTo(response);
  for (let sent = 0; sent < 1000; sent += 1) {
    stream.send(message);
    await new Promise(setImmediate);
  }
  assert.equal(stream.ended, false);
  stream.end();
  await new Promise(setImmediate);
  assert.ok(response.writableEnded);
  assert.equal(taken().match(/^data: /gm)!.length, 1000);
});
