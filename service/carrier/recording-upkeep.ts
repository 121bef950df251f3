import type { Audit } from '../calls/audit.ts';
import type { Installation } from '../calls/installation.ts';
import type { CallControl, CallLog, Clock, Deadlines, Due } from '../calls/ports.ts';
import type { RecordingCopies, RecordingShelf } from '../calls/recordings.ts';
import type { Logger } from '../logger.ts';
import { alone } from './alone.ts';
import { takeUp } from './take-up.ts';

const EACH_ROUND = 20;
const LEASE_MS = 30_000;
const DAY_MS = 86_400_000;
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

/** In the log, where no late callback undoes it. */
async function markDeleted(log: CallLog, callSid: string, recordingSid: string, now: Date): Promise<void> {
  const at = now.toISOString();
  const none = { durationSeconds: null, channels: null };
  await log.append({ kind: 'recording', callSid, recordingSid, status: 'deleted', ...none, firedAt: at }, at);
}

/** Where a recording is to be deleted; `everywhere` stands before its call's SID. */
const EVERYWHERE = 'everywhere';
export const AT_CARRIER = 'carrier';

/**
 * Deletes a recording for good: it is marked in the log, and then taken from the carrier and from the copies, again and
 * again until they have obeyed. What is to be done is noted first: a node that dies in between leaves all of it to another.
 */
export async function deleteRecording(
  { log, deadlines, clock }: Omit<UnaskedDeletion, 'audit'>,
  callSid: string,
  recordingSid: string,
): Promise<void> {
  const now = clock();
  const due = { key: recordingSid, detail: `${EVERYWHERE} ${callSid}`, attempts: 0 };
  await deadlines.set('delete-recording', due, now);
  await markDeleted(log, callSid, recordingSid, now);
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
  const { log, shelf, installation, control, copies, clock, logger, retentionDays } = options;

  async function deleteDue({ key: recordingSid, detail }: Due): Promise<void> {
    // Without a SID, of an older version, which marked it first.
    const [where, callSid] = detail.split(' ');
    if (callSid !== undefined) await markDeleted(log, callSid, recordingSid, clock());
    const answer = await control.deleteRecording(recordingSid);
    if (answer === 'busy') throw new Error('the recording is still being made');
    if (where === EVERYWHERE) await copies?.remove(recordingSid);
  }

  const beginOf = (days: number) => new Date(clock().getTime() - days * DAY_MS);

  async function expire(days: number): Promise<void> {
    for (const callSid of await shelf.olderThan(beginOf(days), EACH_ROUND)) {
      const record = await log.recordOf(callSid);
      for (const { recordingSid, status } of record?.recordings ?? []) {
        if (status === 'deleted' || status === 'absent') continue;
        await deleteUnasked(options, RETENTION, { callSid, callId: record!.callId, recordingSid }, { days });
      }
      logger.info({ callSid, days }, 'recordings deleted: their time is over');
    }
  }

  return async () => {
    await takeUp(options, {
      kind: 'delete-recording',
      work: deleteDue,
      atOnce: EACH_ROUND,
      failed: 'a recording could not be deleted',
      about: ({ key }) => ({ recordingSid: key }),
    });
    // Looked at before a lease is taken: of most rounds there is nothing to write.
    if (retentionDays !== undefined && (await shelf.olderThan(beginOf(retentionDays), 1)).length > 0) {
      await alone({ installation, clock, leaseMs: LEASE_MS }, 'recording-retention', () => expire(retentionDays));
    }
  };
}
