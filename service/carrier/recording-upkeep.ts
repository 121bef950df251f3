import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Audit } from '../calls/audit.ts';
import type { Installation } from '../calls/installation.ts';
import type { CallControl, CallLog, Clock, Deadlines, RecordingMedia } from '../calls/ports.ts';
import type { RecordingCopies, RecordingShelf } from '../calls/recordings.ts';
import type { Logger } from '../logger.ts';

const EACH_ROUND = 20;
const LEASE_MS = 120_000;
const DAY_MS = 86_400_000;
/** What the carrier refuses is asked again after 5 s, 10 s, 20 s … an hour. */
const FIRST_AGAIN_MS = 5000;
const LAST_AGAIN_MS = 3_600_000;
const CLAIMED_FOR_MS = 60_000;
/** Who deletes, in the audit, when nobody asked for it. */
const RETENTION = 'retention';
/** The carrier's own copy of a whole recording is fetched within this time. */
const FETCH_WITHIN_MS = 10 * 60_000;

export interface RecordingUpkeepOptions {
  log: CallLog;
  audit: Audit;
  shelf: RecordingShelf;
  deadlines: Deadlines;
  installation: Installation;
  control: CallControl;
  /** The carrier's. */
  media: RecordingMedia;
  copies: RecordingCopies | undefined;
  deleteAtCarrier: boolean;
  retentionDays: number | undefined;
  clock: Clock;
  logger: Logger;
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield chunk;
}

/**
 * Deletes a recording for good: it is marked in the log first, which no late callback undoes, and then taken from the
 * carrier and from the copies, again and again until they have obeyed.
 */
export async function deleteRecording(
  { log, deadlines, clock }: Pick<RecordingUpkeepOptions, 'log' | 'deadlines' | 'clock'>,
  callSid: string,
  recordingSid: string,
): Promise<void> {
  const now = clock();
  const none = { durationSeconds: null, channels: null };
  const event = {
    kind: 'recording',
    callSid,
    recordingSid,
    status: 'deleted',
    ...none,
    firedAt: now.toISOString(),
  } as const;
  await log.append(event, now.toISOString());
  await deadlines.set('delete-recording', { key: recordingSid, detail: 'everywhere', attempts: 0 }, now);
}

/** What is done to recordings when nobody asks: deletion, retention, copies. One round of each. */
export function recordingUpkeep(options: RecordingUpkeepOptions): () => Promise<void> {
  const { log, audit, shelf, deadlines, installation, control, media, copies, clock, logger } = options;
  const { deleteAtCarrier, retentionDays } = options;

  /** The work of one node at a time, and of another when this one dies. */
  async function alone(task: string, work: () => Promise<void>): Promise<void> {
    if (!(await installation.lease(task, clock(), LEASE_MS))) return;
    try {
      await work();
    } finally {
      await installation.release(task);
    }
  }

  async function deleteDue(): Promise<void> {
    const until = new Date(clock().getTime() + CLAIMED_FOR_MS);
    for (const due of await deadlines.claim('delete-recording', clock(), until, EACH_ROUND)) {
      try {
        const answer = await control.deleteRecording(due.key);
        if (answer === 'busy') throw new Error('the recording is still being made');
        if (due.detail === 'everywhere') await copies?.remove(due.key);
        await deadlines.drop('delete-recording', due.key, until);
      } catch (error) {
        const attempts = due.attempts + 1;
        const wait = Math.min(FIRST_AGAIN_MS * 2 ** due.attempts, LAST_AGAIN_MS);
        await deadlines.set('delete-recording', { ...due, attempts }, new Date(clock().getTime() + wait));
        logger.warn({ err: error, recordingSid: due.key, attempts }, 'a recording could not be deleted: tried again');
      }
    }
  }

  async function copyOne(recordingSid: string): Promise<void> {
    const signal = AbortSignal.timeout(FETCH_WITHIN_MS);
    const answer = await media.open(recordingSid, undefined, signal);
    if (!answer?.body) throw new Error('the carrier does not have its media yet');
    const directory = await mkdtemp(join(tmpdir(), 'almasar-recording-'));
    try {
      const file = join(directory, 'recording.wav');
      await pipeline(chunksOf(answer.body), createWriteStream(file));
      const length = answer.headers.get('content-length');
      const { size } = await stat(file);
      if (length !== null && Number(length) !== size) throw new Error(`it has ${size} bytes, not ${length}`);
      await copies!.keep(recordingSid, file);
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  async function copyNew(): Promise<void> {
    for (const { callSid, made } of await shelf.uncopied(EACH_ROUND)) {
      const record = await log.recordOf(callSid);
      const completed = (record?.recordings ?? []).filter(({ status }) => status === 'completed');
      try {
        for (const { recordingSid } of completed) {
          await copyOne(recordingSid);
          const due = { key: recordingSid, detail: 'carrier', attempts: 0 };
          if (deleteAtCarrier) await deadlines.set('delete-recording', due, clock());
        }
        await shelf.copied(callSid, made);
      } catch (error) {
        logger.warn({ err: error, callSid }, 'a recording could not be copied: tried again');
      }
    }
  }

  const beginOf = (days: number) => new Date(clock().getTime() - days * DAY_MS);

  async function expire(days: number): Promise<void> {
    for (const callSid of await shelf.olderThan(beginOf(days), EACH_ROUND)) {
      const record = await log.recordOf(callSid);
      for (const { recordingSid, status } of record?.recordings ?? []) {
        if (status !== 'completed') continue;
        const by = { agentId: RETENTION, role: null, requestId: '', at: clock().toISOString() };
        const subject = `${record!.callId}/${recordingSid}`;
        await audit.add({ ...by, action: 'recording-deleted', subject, after: { days } });
        await deleteRecording(options, callSid, recordingSid);
      }
      logger.info({ callSid, days }, 'recordings deleted: their time is over');
    }
  }

  return async () => {
    await deleteDue();
    // Looked at before a lease is taken: of most rounds there is nothing to write.
    if (retentionDays !== undefined && (await shelf.olderThan(beginOf(retentionDays), 1)).length > 0) {
      await alone('recording-retention', () => expire(retentionDays));
    }
    if (copies && (await shelf.uncopied(1)).length > 0) await alone('recording-copies', copyNew);
  };
}
