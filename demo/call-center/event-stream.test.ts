import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readEventStream, type StreamMessage } from './event-stream.ts';

/** The messages of a stream that arrives in these pieces. */
async function read(pieces: Uint8Array[]): Promise<{ messages: StreamMessage[]; signs: number }> {
  let signs = 0;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const messages: StreamMessage[] = [];
  for await (const message of readEventStream(new Response(body), () => (signs += 1))) messages.push(message);
  return { messages, signs };
}

const TEXT =
  'retry: 1000\n: hello\n\nevent: call\r\ndata: {"a":\r\ndata: "منى"}\r\n\r\ndata:x\n\nevent: lost\n\nevent: call\ndata: cut';
const MESSAGES = [
  { event: 'call', data: '{"a":\n"منى"}' },
  { event: 'message', data: 'x' },
];

it('reads messages of every line ending, and none that is cut off', async () => {
  const { messages, signs } = await read([new TextEncoder().encode(TEXT)]);
  assert.deepEqual(messages, MESSAGES);
  assert.equal(signs, 1);
});

it('reads the same however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let size = 1; size < bytes.length; size += 1) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.slice(at * size, (at + 1) * size),
    );
    const { messages } = await read(pieces);
    assert.deepEqual(messages, MESSAGES, `pieces of ${size}`);
  }
});
