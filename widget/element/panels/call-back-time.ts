import type { CALL_BACK_DAYS } from '../../../service/contract.ts';

/** A few quick choices, and a time of the agent's own. */
export type CallBackBy = 'soon' | 'hour' | 'tomorrow' | 'own';

export type CallBackProblem = 'past' | 'far' | 'invalid';

const MINUTE_MS = 60_000;
const MOST_DAYS: typeof CALL_BACK_DAYS = 366;
const MORNING = 9;

/** `yyyy-mm-ddThh:mm` where this computer is, as a field for date and time has it. */
export function fieldText(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** When that is, where this computer is: in whole minutes; for an own time, what its field shows at first. */
export function quickTime(by: CallBackBy, now: Date): Date {
  const at = new Date(now);
  at.setSeconds(0, 0);
  const wholeMinute = at.getTime() + MINUTE_MS;
  if (by === 'soon') return new Date(wholeMinute + 14 * MINUTE_MS);
  if (by === 'hour') return new Date(wholeMinute + 59 * MINUTE_MS);
  if (by === 'tomorrow') return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1, MORNING);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate(), at.getHours() + 2);
}

/** The last time that the service takes. */
export function latestTime(now: Date): Date {
  return new Date(now.getTime() + MOST_DAYS * 24 * 60 * MINUTE_MS);
}

/** What is wrong with a time in the field, or null. A field that is not wholly filled in has no text. */
export function timeProblem(text: string, now: Date): CallBackProblem | null {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return 'invalid';
  if (at <= now) return 'past';
  return at > latestTime(now) ? 'far' : null;
}
