import type { Installation } from '../calls/installation.ts';
import type { Clock } from '../calls/ports.ts';

export interface AloneOptions {
  installation: Installation;
  clock: Clock;
  /** A node that dies holds up the others for this long. */
  leaseMs: number;
  /** A third of the lease when absent. */
  renewEveryMs?: number | undefined;
}

/** What work of one node may do while it has its lease. */
export interface Held {
  /** Keeps a value for all nodes; false when the lease was lost. */
  keep(name: string, value: string): Promise<boolean>;
  isHeld(): Promise<boolean>;
}

/**
 * Work of one node at a time, however long it takes: its lease is renewed meanwhile. A node that stood still for longer
 * than the lease may have lost it to another: what it keeps, it keeps by `Held`. Undefined when another
 * node is at it.
 */
export async function alone<T>(
  { installation, clock, leaseMs, renewEveryMs = leaseMs / 3 }: AloneOptions,
  task: string,
  work: (held: Held) => Promise<T>,
): Promise<{ done: T } | undefined> {
  if (!(await installation.lease(task, clock(), leaseMs))) return undefined;
  const held: Held = {
    keep: (name, value) => installation.setUnder(task, name, value),
    isHeld: () => installation.renew(task, clock(), leaseMs),
  };
  let renewal: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    // One that fails is followed by the next; the lease outlasts two.
    renewal ??= held
      .isHeld()
      .catch(() => {})
      .finally(() => (renewal = undefined));
  }, renewEveryMs);
  try {
    return { done: await work(held) };
  } finally {
    clearInterval(timer);
    await renewal;
    await installation.release(task);
  }
}
