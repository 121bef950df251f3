import { readEventStream, type StreamMessage } from './event-stream.ts';
import type { ServiceAccess } from './service-access.ts';

/** The service sends a comment every 15 s; after three of them missing, the connection is dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 15_000;

export interface EventsListener {
  onMessage: (message: StreamMessage) => void;
  /** The stream is open; what happened before was not heard. */
  onOpen: () => void;
  /** The stream broke or could not be opened; the next attempt follows by itself. */
  onLost?: () => void;
}

export interface FollowedEvents {
  /** Ends a wait between two attempts. */
  retryNow: () => void;
  stop: () => void;
}

/** Follows the service's event stream across lost connections, until it is stopped. */
export function followEvents(access: ServiceAccess, listener: EventsListener): FollowedEvents {
  const closing = new AbortController();
  const { signal } = closing;
  let goOn = () => {};

  /** Resolves after a time, or at once when there is nothing to wait for any more. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      goOn = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(goOn, ms);
    });
  }

  /** One connection, until it ends or breaks; true if it was open at all. */
  async function listenOnce(): Promise<boolean> {
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    let open = false;
    try {
      alive();
      const init = { headers: { Accept: 'text/event-stream' } };
      const { body } = await access.request('api/calls/events', init, AbortSignal.any([signal, silence.signal]));
      if (!body) return false;
      open = true;
      listener.onOpen();
      for await (const message of readEventStream(body, alive)) {
        if (!signal.aborted) listener.onMessage(message);
      }
    } catch {
      // Whatever broke it, the remedy is the next connection.
    } finally {
      clearTimeout(timer);
    }
    return open;
  }

  async function listen(): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      if (await listenOnce()) wait = FIRST_RETRY_MS;
      if (signal.aborted) return;
      listener.onLost?.();
      // Not all agents of a service that comes back at once.
      await pause(wait * (0.5 + Math.random()));
    }
  }

  void listen();
  return {
    retryNow: () => goOn(),
    stop() {
      closing.abort();
      goOn();
    },
  };
}
