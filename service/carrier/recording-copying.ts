import type { Metrics } from '../calls/metrics.ts';
import type { CallControl, Due, RecordingMedia } from '../calls/ports.ts';
import type { RecordingCopies, RecordingEncryption, RecordingShelf } from '../calls/recordings.ts';
import type { CallRecord } from '../contract.ts';
import type { Logger } from '../logger.ts';
import { againAfterMs } from './again-after.ts';
import { AT_CARRIER, deleteUnasked, type UnaskedDeletion } from './recording-upkeep.ts';
import { wholeAudio } from './whole-audio.ts';

const EACH_ROUND = 20;
/** The carrier's own copy of a whole recording is fetched within this time. */
const FETCH_WITHIN_MS = 10 * 60_000;
/** A node that dies in it leaves the recording to the others after this time. */
const CLAIMED_FOR_MS = 15 * 60_000;
/** Two and a half minutes: a recording is told a moment before the carrier's store has it. */
const BELIEVED_GONE_AFTER = 5;
/** About a week. */
const MOST_ATTEMPTS = 180;

/** Who deleted, in the audit, what was gone before it was copied. */
const SOMEBODY_THERE = 'carrier';

export interface RecordingCopyingOptions extends UnaskedDeletion {
  shelf: RecordingShelf;
  control: CallControl;
  encryption: RecordingEncryption;
  /** The carrier's. */
  media: RecordingMedia;
  copies: RecordingCopies;
  deleteAtCarrier: boolean;
  metrics: Metrics;
  logger: Logger;
  /** Aborted when the node is about to end. */
  closing: AbortSignal;
}

/**
 * Copies recordings to a place of the operator's own, each by itself: one that cannot be had holds up no other. One
 * round of it.
 */
export function recordingCopying(options: RecordingCopyingOptions): () => Promise<void> {
  const { log, shelf, deadlines, control, encryption, media, copies, deleteAtCarrier } = options;
  const { metrics, clock, logger, closing } = options;

  /** Recordings that were completed get a time of their own, before they count as taken up. */
  async function takeUp(): Promise<void> {
    for (const { callSid, made } of await shelf.notTakenUp(EACH_ROUND)) {
      const record = await log.recordOf(callSid);
      for (const { recordingSid, status } of record?.recordings ?? []) {
        if (status !== 'completed') continue;
        await deadlines.set('copy-recording', { key: recordingSid, detail: callSid, attempts: 0 }, clock());
      }
      await shelf.takenUp(callSid, made);
    }
  }

  /** The call of a recording that the log still has. */
  async function callOf({ key, detail: callSid }: Due): Promise<CallRecord | undefined> {
    const record = await log.recordOf(callSid);
    const there = record?.recordings.some((each) => each.recordingSid === key && each.status === 'completed');
    return there ? record : undefined;
  }

  async function hasCopy(recordingSid: string): Promise<boolean> {
    const copy = await copies.open(recordingSid, undefined, AbortSignal.timeout(FETCH_WITHIN_MS));
    await copy?.body?.cancel();
    return copy !== undefined;
  }

  async function copy(due: Due, signal: AbortSignal): Promise<'copied' | 'unwanted' | 'gone'> {
    const { key: recordingSid, detail: callSid, attempts } = due;
    const call = await callOf(due);
    if (!call) {
      // Of an earlier round that did not come to its end.
      await copies.remove(recordingSid);
      return 'unwanted';
    }
    const answer = await media.open(recordingSid, undefined, signal);
    if (!answer) {
      // Of an earlier round that did not come to its end.
      if (await hasCopy(recordingSid)) return 'copied';
      if (attempts < BELIEVED_GONE_AFTER || (await control.hasRecording(recordingSid))) {
        throw new Error('the carrier does not have its media yet');
      }
      await deleteUnasked(options, SOMEBODY_THERE, { callSid, callId: call.callId, recordingSid });
      return 'gone';
    }
    await copies.keep(recordingSid, wholeAudio(answer));
    if (await callOf(due)) return 'copied';
    // Deleted meanwhile, perhaps before there was a copy to delete.
    await copies.remove(recordingSid);
    return 'unwanted';
  }

  async function tryAgain(due: Due, error: unknown): Promise<void> {
    const attempts = due.attempts + 1;
    const said = { err: error, recordingSid: due.key, attempts };
    if (attempts >= MOST_ATTEMPTS) {
      await deadlines.drop('copy-recording', due.key);
      metrics.recordingCopy('given-up');
      logger.error(said, 'a recording could not be copied: given up after a week');
      return;
    }
    await deadlines.set('copy-recording', { ...due, attempts }, new Date(clock().getTime() + againAfterMs(attempts)));
    metrics.recordingCopy('failed');
    logger.warn(said, 'a recording could not be copied: tried again');
  }

  async function copyOne(due: Due, until: Date): Promise<void> {
    // Also ends an answer that nobody wanted to read.
    const over = new AbortController();
    try {
      const signals = [closing, over.signal, AbortSignal.timeout(FETCH_WITHIN_MS)];
      const outcome = await copy(due, AbortSignal.any(signals));
      // How an encrypted one is opened is said there only: without that, its copy is worth nothing.
      if (outcome === 'copied' && deleteAtCarrier && !(await encryption.surelyIsEncrypted(due.detail, due.key))) {
        // Unless it is being deleted everywhere.
        await deadlines.add('delete-recording', { key: due.key, detail: AT_CARRIER, attempts: 0 }, clock());
      }
      if (outcome === 'gone') {
        logger.error({ recordingSid: due.key }, 'a recording was deleted at the carrier before it was copied');
      }
      if (outcome !== 'unwanted') metrics.recordingCopy(outcome);
      await deadlines.drop('copy-recording', due.key, until);
    } catch (error) {
      if (closing.aborted) await deadlines.set('copy-recording', due, clock());
      else await tryAgain(due, error);
    } finally {
      over.abort();
    }
  }

  return async () => {
    await takeUp();
    for (let copied = 0; copied < EACH_ROUND && !closing.aborted; copied += 1) {
      // One by one: the claim of the last would be over before the first is fetched.
      const until = new Date(clock().getTime() + CLAIMED_FOR_MS);
      const [due] = await deadlines.claim('copy-recording', clock(), until, 1);
      if (!due) return;
      await copyOne(due, until);
    }
  };
}
