import type { CallControl, CallLog, Clock, Deadlines, Due, DueKind } from '../calls/ports.ts';
import { isParty } from '../calls/visibility.ts';
import type { Logger } from '../logger.ts';

const AGAIN_AFTER_MS = 5_000;
const MOST_ATTEMPTS = 12;
const EACH_ROUND = 50;
/** A node that dies in it leaves it to the others after this time. */
const CLAIMED_FOR_MS = 60_000;

export interface DueWorkOptions {
  deadlines: Deadlines;
  log: CallLog;
  control: CallControl;
  clock: Clock;
  logger: Logger;
}

/**
 * What is done when its time has come, on whichever node looks first: ending the calls of pages that did not come back,
 * deleting the recordings of line checks. What the carrier refuses is tried again, for a minute.
 */
export function dueWork({ deadlines, log, control, clock, logger }: DueWorkOptions): () => Promise<void> {
  async function endLeftCall({ key, detail: agentId }: Due): Promise<boolean> {
    const [callId = ''] = key.split(' ');
    const record = await log.get(callId, { agentId });
    // A call that rang and that a colleague took is none of this agent's any more.
    if (!record || record.status === 'ended' || !isParty(agentId, record)) return true;
    const callSid = await log.legOf(callId);
    if (callSid) await control.end(callSid);
    logger.info({ callId }, 'call ended: its page was left and did not come back');
    return true;
  }

  async function deleteCheck({ detail: recordingSid }: Due): Promise<boolean> {
    return recordingSid === '' || (await control.deleteRecording(recordingSid)) === 'deleted';
  }

  async function takeUp(kind: DueKind, work: (due: Due) => Promise<boolean>): Promise<void> {
    const until = new Date(clock().getTime() + CLAIMED_FOR_MS);
    for (const due of await deadlines.claim(kind, clock(), until, EACH_ROUND)) {
      const done = await work(due).catch((error: unknown) => {
        logger.warn({ err: error, kind }, 'the carrier could not be asked: tried again in a moment');
        return false;
      });
      const attempts = due.attempts + 1;
      const givenUp = !done && attempts >= MOST_ATTEMPTS;
      if (givenUp) logger.error({ kind, key: due.key.split(' ')[0] }, 'given up: the carrier refused for a minute');
      const again = new Date(clock().getTime() + AGAIN_AFTER_MS);
      if (done || givenUp) await deadlines.drop(kind, due.key, until);
      else await deadlines.postpone(kind, { ...due, attempts }, again, until);
    }
  }

  return async () => {
    await takeUp('end-call', endLeftCall);
    await takeUp('delete-check', deleteCheck);
  };
}
