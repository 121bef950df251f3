/** Work that is done again and again, whoever asks. */
export interface BackgroundTask {
  /** For the log, should a round fail. */
  name: string;
  everyMs: number;
  work: () => Promise<void>;
}

export interface Background {
  /** No more rounds; resolves when the last ones are over. */
  stop(): Promise<void>;
}

function startTask({ everyMs, work }: BackgroundTask, onError: (error: unknown) => void): Background {
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

/** Of each task one round at a time. A round that fails is told and followed by the next. */
export function startBackground(
  tasks: readonly BackgroundTask[],
  onError: (error: unknown, name: string) => void,
): Background {
  const started = tasks.map((task) => startTask(task, (error) => onError(error, task.name)));
  return {
    async stop() {
      await Promise.all(started.map((task) => task.stop()));
    },
  };
}
