import type { Clock, Deadlines, Due, DueKind } from '../calls/ports.ts';
import type { Logger } from '../logger.ts';
import { againAfterMs } from './again-after.ts';

/** A node that dies in it leaves it to the others after this time. */
const CLAIMED_FOR_MS = 60_000;

export interface TakeUpOptions {
  deadlines: Deadlines;
  clock: Clock;
  logger: Logger;
}

export interface TakenUp {
  kind: DueKind;
  work: (due: Due) => Promise<void>;
  /** How many in one round, at most. */
  atOnce: number;
  /** It is tried again and again, later and later, but no later than this. */
  longestWaitMs?: number;
  /** What the log says when it failed, and of what. */
  failed: string;
  about: (due: Due) => object;
}

/** Does work whose time has come, each piece on whichever node looks first; what fails is tried again until it is done. */
export async function takeUp(
  { deadlines, clock, logger }: TakeUpOptions,
  { kind, work, atOnce, longestWaitMs = Infinity, failed, about }: TakenUp,
): Promise<void> {
  const until = new Date(clock().getTime() + CLAIMED_FOR_MS);
  for (const due of await deadlines.claim(kind, clock(), until, atOnce)) {
    try {
      await work(due);
      await deadlines.drop(kind, due.key, until);
    } catch (error) {
      const attempts = due.attempts + 1;
      const again = new Date(clock().getTime() + Math.min(againAfterMs(attempts), longestWaitMs));
      await deadlines.postpone(kind, { ...due, attempts }, again, until);
      logger.warn({ err: error, kind, ...about(due), attempts }, `${failed}: tried again`);
    }
  }
}
