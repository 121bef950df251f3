import { CALL_BACK_DAYS, CALL_BACK_LATE_HOURS } from '../contract.ts';

const HOUR_MS = 3_600_000;

/** What is wrong with the time of a call-back, as a sentence; undefined when nothing is. */
export function callBackTimeProblem(at: string, now: Date): string | undefined {
  const ahead = Date.parse(at) - now.getTime();
  if (ahead < -CALL_BACK_LATE_HOURS * HOUR_MS) return 'callBackAt is in the past: send a time to come.';
  if (ahead > CALL_BACK_DAYS * 24 * HOUR_MS) return `callBackAt is more than ${CALL_BACK_DAYS} days ahead.`;
  return undefined;
}
