/** A slice of this length is felt by nobody: half a frame. */
const SLICE_MS = 8;

/** Work in steps; a step is what cannot be put off any more. */
export type Steps = Generator<undefined, void>;

export interface IdleQueue {
  /** Does the steps of `work` when the page has nothing better to do, after those of what was added before. */
  add(work: Steps): void;
  /** Forgets what has not been done. */
  stop(): void;
}

const soon: (work: (deadline?: IdleDeadline) => void) => unknown =
  'requestIdleCallback' in globalThis
    ? (work) => requestIdleCallback(work, { timeout: 1000 })
    : (work) => setTimeout(work, 16);

/** Does work in idle time, in slices of at most 8 ms. */
export function idleQueue(): IdleQueue {
  let queue: Steps[] = [];
  let asked = false;

  function slice(deadline?: IdleDeadline): void {
    asked = false;
    // Where nobody is ever idle, a little is done all the same.
    const until = performance.now() + Math.min(SLICE_MS, Math.max(deadline?.timeRemaining() ?? SLICE_MS, 2));
    while (queue.length && performance.now() < until) if (queue[0]!.next().done) queue.shift();
    ask();
  }

  function ask(): void {
    if (asked || !queue.length) return;
    asked = true;
    soon(slice);
  }

  return {
    add(work) {
      queue.push(work);
      ask();
    },
    stop() {
      queue = [];
    },
  };
}
