import type { Audit } from '../calls/audit.ts';
import type { Installation } from '../calls/installation.ts';
import type { CallControl, CallLog, Clock, Deadlines } from '../calls/ports.ts';
import type { RecordingCopies, RecordingShelf } from '../calls/recordings.ts';
import type { Logger } from '../logger.ts';
import { againAfterMs } from './again-after.ts';
import { alone } from './alone.ts';

const EACH_ROUND = 20;
const LEASE_MS = 30_000;
const DAY_MS = 86_400_000;
const CLAIMED_FOR_MS = 60_000;
/** Who deletes, in the audit, when nobody asked for it. */
const RETENTION = 'retention';

export interface UnaskedDeletion {
  log: CallLog;
  audit: Audit;
  deadlines: Deadlines;
  clock: Clock;
}

export interface RecordingUpkeepOptions extends UnaskedDeletion {
  shelf: RecordingShelf;
  installation: Installation;
  control: CallControl;
  copies: RecordingCopies | undefined;
  retentionDays: number | undefined;
  logger: Logger;
}

/**
 * Deletes a recording for good: it is marked in the log first, which no late callback undoes, and then taken from the
 * carrier and from the copies, again and again until they have obeyed.
 */
export async function deleteRecording(
  { log, deadlines, clock }: Omit<UnaskedDeletion, 'audit'>,
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

/** Deletes a recording that no agent asked to be deleted; `who` stands in the audit instead. */
export async function deleteUnasked(
  { log, audit, deadlines, clock }: UnaskedDeletion,
  who: string,
  { callSid, callId, recordingSid }: { callSid: string; callId: string; recordingSid: string },
  after?: object,
): Promise<void> {
  const by = { agentId: who, role: null, requestId: '', at: clock().toISOString() };
  const what = { action: 'recording-deleted', subject: `${callId}/${recordingSid}` } as const;
  await audit.add({ ...by, ...what, ...(after && { after }) });
  await deleteRecording({ log, deadlines, clock }, callSid, recordingSid);
}

/** What is done to recordings when nobody asks: deletion and retention. One round of each. */
export function recordingUpkeep(options: RecordingUpkeepOptions): () => Promise<void> {
  const { log, shelf, deadlines, installation, control, copies, clock, logger, retentionDays } = options;

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
        const next = new Date(clock().getTime() + againAfterMs(attempts));
        await deadlines.set('delete-recording', { ...due, attempts }, next);
        logger.warn({ err: error, recordingSid: due.key, attempts }, 'a recording could not be deleted: tried again');
      }
    }
  }

  const beginOf = (days: number) => new Date(clock().getTime() - days * DAY_MS);

  async function expire(days: number): Promise<void> {
    for (const callSid of await shelf.olderThan(beginOf(days), EACH_ROUND)) {
      const record = await log.recordOf(callSid);
      for (const { recordingSid, status } of record?.recordings ?? []) {
        if (status !== 'completed') continue;
        await deleteUnasked(options, RETENTION, { callSid, callId: record!.callId, recordingSid }, { days });
      }
      logger.info({ callSid, days }, 'recordings deleted: their time is over');
    }
  }

  return async () => {
    await deleteDue();
    // Looked at before a lease is taken: of most rounds there is nothing to write.
    if (retentionDays !== undefined && (await shelf.olderThan(beginOf(retentionDays), 1)).length > 0) {
      await alone({ installation, clock, leaseMs: LEASE_MS }, 'recording-retention', () => expire(retentionDays));
    }
  };
}
