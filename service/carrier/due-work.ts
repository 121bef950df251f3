import type { CallControl, CallLog, Clock, Deadlines, Due, DueKind } from '../calls/ports.ts';
import { isParty } from '../calls/visibility.ts';
import type { Logger } from '../logger.ts';
import { againAfterMs } from './again-after.ts';

/** A call that is to end costs money meanwhile. */
const LONGEST_WAIT_MS = 30_000;
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
 * What is done when its time has come, on whichever node looks first: ending the calls of pages that did not come back
 * and those that an admin ends, deleting the recordings of line checks. A call that the carrier does not end is tried
 * again until it is over.
 */
export function dueWork({ deadlines, log, control, clock, logger }: DueWorkOptions): () => Promise<void> {
  const endCall = (why: string) =>
    async function endCall({ key, detail: agentId }: Due): Promise<void> {
      const [callId = ''] = key.split(' ');
      const record = await log.get(callId, { agentId });
      // A call that rang and that a colleague took is none of this agent's any more.
      if (!record || record.status === 'ended' || !isParty(agentId, record)) return;
      const callSid = await log.legOf(callId);
      if (callSid) await control.end(callSid);
      logger.info({ callId }, `call ended: ${why}`);
    };

  /** From here on it is a recording that is deleted as every other. */
  async function deleteCheck({ detail: recordingSid }: Due): Promise<void> {
    if (recordingSid === '') return;
    await deadlines.add('delete-recording', { key: recordingSid, detail: '', attempts: 0 }, clock());
  }

  async function takeUp(kind: DueKind, work: (due: Due) => Promise<void>): Promise<void> {
    const until = new Date(clock().getTime() + CLAIMED_FOR_MS);
    for (const due of await deadlines.claim(kind, clock(), until, EACH_ROUND)) {
      try {
        await work(due);
        await deadlines.drop(kind, due.key, until);
      } catch (error) {
        const attempts = due.attempts + 1;
        logger.warn({ err: error, kind, attempts }, 'the carrier could not be asked: tried again in a moment');
        const again = new Date(clock().getTime() + Math.min(againAfterMs(attempts), LONGEST_WAIT_MS));
        await deadlines.postpone(kind, { ...due, attempts }, again, until);
      }
    }
  }

  return async () => {
    await takeUp('end-ordered', endCall('an admin wanted it'));
    await takeUp('end-call', endCall('its page was left and did not come back'));
    await takeUp('delete-check', deleteCheck);
  };
}
