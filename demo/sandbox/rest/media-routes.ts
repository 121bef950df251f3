import { open, stat } from 'node:fs/promises';
import { Hono } from 'hono';
import type { CredentialsEnv } from './credentials.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { notFound } from './rest-error.ts';

interface ByteRange {
  first: number;
  last: number;
}

/** One range of `Range: bytes=…`; undefined for none, or for several; `unsatisfiable` when it lies outside. */
function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const first = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return first > last ? 'unsatisfiable' : { first, last };
}

/** A recording's sound, by its RecordingUrl or with `.wav`; open to everyone unless the account guards its media. */
export function mediaRoutes(recordings: RecordingStore): Hono<CredentialsEnv> {
  return new Hono<CredentialsEnv>().get('/Recordings/:file{RE[0-9a-f]{32}(\\.wav|\\.mp3)?}', async (c) => {
    const file = c.req.param('file');
    if (file.endsWith('.mp3')) throw notFound(`${file}: the sandbox keeps WAV files only; ask for .wav. It`);
    const recording = recordings.find(file.replace('.wav', ''));
    if (recording?.status !== 'completed') throw notFound(c.req.path);

    const path = recordings.fileOf(recording);
    const { size } = await stat(path);
    c.header('Content-Type', 'audio/x-wav');
    c.header('Accept-Ranges', 'bytes');
    const range = byteRange(c.req.header('Range'), size);
    if (range === 'unsatisfiable') {
      c.header('Content-Range', `bytes */${size}`);
      return c.body(null, 416);
    }
    const { first, last } = range ?? { first: 0, last: size - 1 };
    if (range) c.header('Content-Range', `bytes ${first}-${last}/${size}`);
    const bytes = Buffer.alloc(last - first + 1);
    await using handle = await open(path);
    await handle.read(bytes, 0, bytes.length, first);
    return c.body(bytes, range ? 206 : 200);
  });
}
