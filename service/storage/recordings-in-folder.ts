import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { RecordingCopies } from '../calls/recordings.ts';

/** Copies of recordings as files of a folder, `<two digits>/<SID>.wav`: no folder grows beyond what a person can list. */
export function createFolderCopies(folder: string): RecordingCopies {
  const pathOf = (recordingSid: string) => join(folder, recordingSid.slice(2, 4), `${recordingSid}.wav`);

  return {
    async keep(recordingSid, file) {
      const path = pathOf(recordingSid);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const partial = `${path}.partial`;
      await copyFile(file, partial);
      const written = await open(partial, 'r+');
      await written.sync();
      await written.close();
      await rename(partial, path);
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
