import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { CredentialsEnv } from './credentials.ts';
import { decodeWav, encodeWav } from '../media/wav.ts';
import { mixDown } from '../recordings/recorder.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';
import { notFound, RestError } from './rest-error.ts';

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

/** The WAV file, with both sides in one channel when asked. */
async function sound(path: string, mono: boolean): Promise<Buffer<ArrayBuffer>> {
  const file = await readFile(path);
  if (!mono) return file;
  const { channels } = decodeWav(file);
  return Buffer.from(encodeWav([mixDown(channels)]));
}

/** A recording's sound, by its RecordingUrl or with `.wav`; open to everyone unless the account guards its media. */
export function mediaRoutes(recordings: RecordingStore): Hono<CredentialsEnv> {
  return new Hono<CredentialsEnv>().get('/Recordings/:file{RE[0-9a-f]{32}(\\.wav|\\.mp3)?}', async (c) => {
    const file = c.req.param('file');
    if (file.endsWith('.mp3'))
      throw new RestError(404, 20404, `The sandbox keeps WAV files only; ask for .wav instead of ${file}`);
    const recording = recordings.find(file.replace('.wav', ''));
    if (recording?.status !== 'completed') throw notFound(c.req.path);

    const bytes = await sound(recordings.fileOf(recording), c.req.query('RequestedChannels') === '1');
    c.header('Content-Type', 'audio/x-wav');
    c.header('Accept-Ranges', 'bytes');
    const range = byteRange(c.req.header('Range'), bytes.length);
    if (range === 'unsatisfiable') {
      c.header('Content-Range', `bytes */${bytes.length}`);
      return c.body(null, 416);
    }
    if (!range) return c.body(bytes);
    c.header('Content-Range', `bytes ${range.first}-${range.last}/${bytes.length}`);
    return c.body(bytes.subarray(range.first, range.last + 1), 206);
  });
}
