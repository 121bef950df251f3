import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { wholeAudio } from './whole-audio.ts';

const read = async (answer: Response, mostBytes: number) =>
  Buffer.concat(await Readable.from(wholeAudio(answer, mostBytes)).toArray());
/** Without a length, and endless unless it is stopped. */
const endless = () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(10)) }));

test('all of it comes, up to the size that is allowed', async () => {
  assert.equal((await read(new Response('0123456789'), 10)).toString(), '0123456789');
});

test('more is refused: at once where the length is said, else when there is too much', async () => {
  const said = new Response(endless().body, { headers: { 'content-length': '11' } });
  await assert.rejects(read(said, 10), /it has 11 bytes, and 10 are allowed/);
  await assert.rejects(read(endless(), 35), /more than the 35 bytes/);
});

test('less than was said is refused', async () => {
  const answer = new Response('01234', { headers: { 'content-length': '10' } });
  await assert.rejects(read(answer, 10), /it has 5 bytes, not 10/);
});
