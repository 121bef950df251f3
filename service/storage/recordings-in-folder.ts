import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { RecordingCopies } from '../calls/recordings.ts';

/** Copies of recordings as files of a folder, `<two digits>/<SID>.wav`: no folder grows beyond what a person can list. */
export function createFolderCopies(folder: string): RecordingCopies {
  const pathOf = (recordingSid: string) => join(folder, recordingSid.slice(2, 4), `${recordingSid}.wav`);

  return {
    async keep(recordingSid, audio) {
      const path = pathOf(recordingSid);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const partial = `${path}.partial`;
      try {
        await writeFile(partial, audio, { mode: 0o600, flush: true });
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },

    async open(recordingSid) {
      const path = pathOf(recordingSid);
      const size = await stat(path).then(
        (found) => found.size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return undefined;
          throw error;
        },
      );
      if (size === undefined) return undefined;
      const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
      return new Response(body, { headers: { 'content-type': 'audio/x-wav', 'content-length': String(size) } });
    },

    remove: (recordingSid) => rm(pathOf(recordingSid), { force: true }),
  };
}
