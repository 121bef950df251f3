export interface Sweeper {
  /** No more rounds; resolves when the last one is over. */
  stop(): Promise<void>;
}

/** Does the work again and again, one round at a time. A round that fails is told and followed by the next. */
export function createSweeper(work: () => Promise<void>, everyMs: number, onError: (error: unknown) => void): Sweeper {
  let round: Promise<void> | undefined;
  const timer = setInterval(() => {
    round ??= work()
      .catch(onError)
      .finally(() => (round = undefined));
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
