import { CALL_BACK_DAYS } from '../contract.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * What is wrong with the time of a call-back, as a sentence; undefined when nothing is. One that was to come when the agent
 * wrote it may be past when it arrives: what is kept while the service is away loses nothing by that.
 */
export function callBackTimeProblem(at: string, calledAt: string, now: Date): string | undefined {
  if (Date.parse(at) < Date.parse(calledAt)) return 'callBackAt is before the call: send a time to come.';
  if (Date.parse(at) - now.getTime() > CALL_BACK_DAYS * DAY_MS)
    return `callBackAt is more than ${CALL_BACK_DAYS} days ahead.`;
  return undefined;
}
