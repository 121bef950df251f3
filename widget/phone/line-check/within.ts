import { ProblemError } from '../../core/problem-error.ts';
import type { ProblemCode } from '../../core/state.ts';

/** Waits no longer than that, and not beyond the signal; rejects with the problem then. */
export async function within<T>(ms: number, late: ProblemCode, promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const giveUp = () => limit.reject(new ProblemError(late, `Not within ${ms} ms.`));
  const timer = setTimeout(giveUp, ms);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([promise, limit.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Resolves after that long, or when the signal is raised. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
