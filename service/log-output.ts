import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

const STANDARD_OUTPUT = 1;
/** What waits at most, in bytes, for a reader that does not keep up. */
const MOST_WAITING = 1024 * 1024;
const AGAIN_MS = 50;

type LogOutput = DestinationStream & { flush: () => void };

/**
 * Where log lines go, by its file descriptor; those of one turn of the event loop go out together. A place that takes
 * nothing (a full disk, a reader that has stopped) costs lines, but never stops the service nor keeps it from ending.
 */
export function createLogOutput(fd: number): LogOutput {
  let lines = '';
  let left: Buffer | undefined;
  let planned: NodeJS.Immediate | NodeJS.Timeout | undefined;

  function flush(): void {
    planned = undefined;
    const fresh = Buffer.from(lines);
    const bytes = left ? Buffer.concat([left, fresh]) : fresh;
    lines = '';
    left = undefined;
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(fd, bytes, at);
    } catch (error) {
      // A pipe that is full for the moment; of anything else there is nobody to tell.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      left = bytes.subarray(at);
      planned = setTimeout(flush, AGAIN_MS).unref();
    }
  }

  return {
    write(line) {
      if ((left?.length ?? 0) + lines.length < MOST_WAITING) lines += line;
      planned ??= setImmediate(flush);
    },
    flush,
  };
}

let standard: LogOutput | undefined;

/** Standard output, one for all loggers of the process: what waits at its end still goes out. */
export function standardLogOutput(): LogOutput {
  if (!standard) {
    standard = createLogOutput(STANDARD_OUTPUT);
    process.once('exit', standard.flush);
  }
  return standard;
}
