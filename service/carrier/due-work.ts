import type { CallControl, CallLog, Due } from '../calls/ports.ts';
import { isParty } from '../calls/visibility.ts';
import { AT_CARRIER } from './recording-upkeep.ts';
import { takeUp, type TakeUpOptions } from './take-up.ts';

/** A call that is to end costs money meanwhile. */
const LONGEST_WAIT_MS = 30_000;
const AT_ONCE = 50;

export interface DueWorkOptions extends TakeUpOptions {
  log: CallLog;
  control: CallControl;
}

/**
 * What is done when its time has come, on whichever node looks first: ending the calls of pages that did not come back
 * and those that an admin ends, deleting the recordings of line checks. A call that the carrier does not end is tried
 * again until it is over.
 */
export function dueWork(options: DueWorkOptions): () => Promise<void> {
  const { deadlines, log, control, clock, logger } = options;
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
    await deadlines.add('delete-recording', { key: recordingSid, detail: AT_CARRIER, attempts: 0 }, clock());
  }

  const terms = {
    atOnce: AT_ONCE,
    longestWaitMs: LONGEST_WAIT_MS,
    failed: 'the carrier could not be asked',
    // The rest of a key names an agent.
    about: ({ key }: Due) => ({ key: key.split(' ')[0] }),
  };
  return async () => {
    await takeUp(options, { kind: 'end-ordered', work: endCall('an admin wanted it'), ...terms });
    await takeUp(options, { kind: 'end-call', work: endCall('its page was left and did not come back'), ...terms });
    await takeUp(options, { kind: 'delete-check', work: deleteCheck, ...terms });
  };
}
