import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import type { RecordingCopies } from '../calls/recordings.ts';
import type { CopiesPlace } from '../config/recordings.ts';

const ANSWER_WITHIN_MS = 60_000;

/** Copies of recordings in a bucket of S3, or of what speaks its language. Requests are signed (AWS Signature Version 4). */
export function createS3Copies(place: Extract<CopiesPlace, { in: 's3' }>): RecordingCopies {
  const { bucketUrl, prefix, region, accessKeyId, secretAccessKey } = place;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const urlOf = (recordingSid: string) => `${bucketUrl}/${prefix}${recordingSid}.wav`;

  async function refused(answer: Response, what: string): Promise<never> {
    await answer.body?.cancel();
    throw new Error(`the bucket answered ${answer.status} when asked to ${what} a recording`);
  }

  return {
    async keep(recordingSid, audio) {
      // A bucket wants to know the length before it takes the first byte.
      const directory = await mkdtemp(join(tmpdir(), 'almasar-recording-'));
      try {
        const file = join(directory, 'recording.wav');
        await writeFile(file, audio);
        const body = await openAsBlob(file, { type: 'audio/x-wav' });
        const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
        const answer = await client.fetch(urlOf(recordingSid), { method: 'PUT', body, signal });
        if (!answer.ok) return await refused(answer, 'keep');
        await answer.body?.cancel();
      } finally {
        await rm(directory, { recursive: true });
      }
    },

    async open(recordingSid, range, signal) {
      const headers = { 'Accept-Encoding': 'identity', ...(range !== undefined && { Range: range }) };
      const answer = await client.fetch(urlOf(recordingSid), { headers, signal });
      if (answer.ok || answer.status === 416) return answer;
      if (answer.status !== 404) return refused(answer, 'play');
      await answer.body?.cancel();
      return undefined;
    },

    async remove(recordingSid) {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await client.fetch(urlOf(recordingSid), { method: 'DELETE', signal });
      if (!answer.ok && answer.status !== 404) return refused(answer, 'delete');
      await answer.body?.cancel();
    },
  };
}
