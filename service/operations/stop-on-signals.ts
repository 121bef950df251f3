import { setTimeout as delay } from 'node:timers/promises';
import type { ListeningServer } from '../server.ts';
import type { Service } from '../service.ts';

/** For so long a node that is about to end goes on answering: a balancer that asks /readyz every second has seen it by then. */
const LEAVE_MS = 2_500;
/** How long requests in flight may take to finish, in milliseconds: with the other steps it stays below `LONGEST_MS`. */
const CONNECTIONS_MS = 4_000;
/** Whatever does not end by then is cut: systemd and Docker would kill the process soon after. In milliseconds. */
export const LONGEST_MS = 9_500;

/**
 * Ends the process in order: first nobody is sent here any more, then what is being answered is finished, then the
 * database is closed. SIGINT, from a person at a terminal, does not wait for a balancer; a second signal waits for nothing.
 */
export function stopOnSignals(service: Service, server: ListeningServer): void {
  let stopping = false;
  async function stop(leaveMs: number): Promise<void> {
    service.drain();
    service.logger.info('draining');
    await delay(leaveMs);
    // One after the other: who is let in at the last moment needs the database, too.
    await server.close(CONNECTIONS_MS);
    await service.close();
    process.exit(0);
  }
  function onSignal(leaveMs: number): void {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), LONGEST_MS).unref();
    stop(leaveMs).catch((error: unknown) => {
      service.logger.error({ err: error }, 'could not end in order');
      process.exit(1);
    });
  }
  process.on('SIGINT', () => onSignal(0));
  process.on('SIGTERM', () => onSignal(LEAVE_MS));
}
